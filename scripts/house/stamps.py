"""Do work again only when what it depends on has changed.

A stamp is a small file with a hash, written only after the work has succeeded: work that was
interrupted has no stamp, so the next run does it again.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from house.places import ROOT


def digest(files: Iterable[Path], *also: str) -> str:
    """One hash for the names and contents of files, and for anything else that counts."""
    seen = hashlib.sha256()
    for path in sorted(files):
        seen.update(f"{path.relative_to(ROOT)}\0".encode())
        seen.update(hashlib.sha256(path.read_bytes()).digest())
    for text in also:
        seen.update(f"{text}\0".encode())
    return seen.hexdigest()


def fresh(stamp: Path, value: str) -> bool:
    """Whether the work behind this stamp was done for just this value."""
    try:
        return stamp.read_text(encoding="utf-8").strip() == value
    except OSError:
        return False


def press(stamp: Path, value: str) -> None:
    """Remember that the work is done."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    half = stamp.with_name(f"{stamp.name}.half")
    half.write_text(f"{value}\n", encoding="utf-8")
    half.replace(stamp)
