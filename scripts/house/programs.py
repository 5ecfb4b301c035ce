"""Run other programs, keep what they say, and turn their usual troubles into a sentence."""

import errno
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from house.places import ROOT, environment
from house.say import Refusal

DISK_FULL = "The disk is full: free some space and run the same command again."
NO_NETWORK = (
    "The packages could not be fetched, because the network or the package registry did not "
    "answer: check the connection and run the same command again."
)
_TROUBLES = [
    (r"No space left on device|ENOSPC|Errno 28\b|Disk quota exceeded|EDQUOT", DISK_FULL),
    (r"database or disk is full", DISK_FULL),
    (
        r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|NewConnectionError"
        r"|Temporary failure in name resolution|Name or service not known|Network is unreachable"
        r"|ReadTimeoutError|ConnectTimeoutError|ProxyError|Max retries exceeded",
        NO_NETWORK,
    ),
    (
        r"DO NOT MATCH THE HASHES|EINTEGRITY",
        "A package that arrived is not the one that was locked, so it was not installed: try "
        "again, and if it happens again, do not trust this network.",
    ),
    (
        r"ensurepip is not available|No module named '?(ensurepip|venv)",
        "This Python cannot make a virtual environment: on Debian or Ubuntu, run "
        "`apt install python3-venv`, then the same command again.",
    ),
    (
        r"Permission denied|EACCES|EPERM|Read-only file system",
        "A file could not be written, because this account may not write there: see the path "
        "above, and check who owns the folder.",
    ),
]


def run(
    command: Sequence[str | Path], *, failing: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and give back what it said (both streams as one text).

    Raises Refusal with a sentence that fits the trouble, else with `failing`.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as trouble:
        raise of_the_system(trouble) from trouble
    if done.returncode:
        sentence = sentence_for(done.stdout) or failing
        raise Refusal(sentence, last_lines(done.stdout) if "above" in sentence else "")
    return done


def sentence_for(output: str) -> str:
    """The plain sentence for a trouble that is recognised in a program's output, else ''."""
    return next((said for pattern, said in _TROUBLES if re.search(pattern, output)), "")


def of_the_system(trouble: OSError) -> Refusal:
    """An error of the system as a refusal in a sentence."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal(DISK_FULL)
    return Refusal(f"The system refused: {trouble}.")


def last_lines(output: str, count: int = 20) -> str:
    """The end of a program's output, where it usually says what is wrong."""
    return "\n".join(output.rstrip().splitlines()[-count:])
