"""The browser's half: Node.js, the locked npm packages, the built styles and scripts."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from house import packages
from house.places import ASSETS, NODE_MODULES, ROOT, environment
from house.programs import run
from house.say import Refusal, step
from house.stamps import digest, fresh, press

OLDEST_NODE = 20
NPM_CI = ("npm", "ci", "--fetch-timeout=60000")  # one that hangs is asked again after a minute
_BUILD_FAILED = "The styles and scripts could not be built: see what the build says above."


def need_assets() -> None:
    """Built styles and scripts in the static folder, made anew only when a source changed."""
    if not (ROOT / "package.json").exists():
        return
    value = digest(_sources())
    if fresh(_built(), value) and any(ASSETS.glob("*")):
        return
    need_npm_packages()
    with step("Build styles and scripts"):
        _built().unlink(missing_ok=True)
        run(["npm", "run", "--silent", "build"], failing=_BUILD_FAILED)
        press(_built(), value)


def _built() -> Path:
    return NODE_MODULES / ".meanwhile-built"


def _sources() -> Iterator[Path]:
    """Everything a build reads: recipes at the root, styles and scripts in the rooms."""
    for name in ("package.json", "package-lock.json", "tsconfig.json"):
        if (ROOT / name).exists():
            yield ROOT / name
    for pattern in ("*.css", "*.ts", "*.js", "*.mjs", "*.json", "*.svg", "*.woff2"):
        for path in (ROOT / "meanwhile").rglob(pattern):
            if ASSETS not in path.parents:
                yield path


def need_npm_packages() -> None:
    """What package-lock.json pins; `npm ci` empties node_modules first, so a half is no harm."""
    need_node()
    value = digest([ROOT / "package.json", ROOT / "package-lock.json"])
    stamp = NODE_MODULES / ".meanwhile-packages"
    if fresh(stamp, value):
        return
    with step("Install the packages the styles and scripts are built with"):
        run(
            [*NPM_CI, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            failing="The npm packages could not be installed: see what npm says above.",
        )
        press(stamp, value)


def need_node() -> None:
    """Node.js and npm: the machine's own if new enough, else a locked one in the environment."""
    if not _has_node():
        packages.need_packages("node")
    if not _has_node():
        raise Refusal(
            f"Node.js {OLDEST_NODE} or newer is needed to build the styles and scripts, and none "
            "could be installed here: install Node.js with npm and run the same command again."
        )


def _has_node() -> bool:
    path = environment()["PATH"]
    if not shutil.which("node", path=path) or not shutil.which("npm", path=path):
        return False
    try:
        version = run(["node", "--version"], failing="node does not start").stdout
        run(["npm", "--version"], failing="npm does not start")
    except Refusal:
        return False
    found = re.match(r"v(\d+)\.", version.strip())
    return found is not None and int(found[1]) >= OLDEST_NODE
