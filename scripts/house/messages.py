"""Turn translations (.po, written by people) into what gettext reads (.mo).

The usual tool for this, msgfmt, is not on every machine, and the format is small.
"""

import ast
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from house.places import ROOT
from house.say import say

Catalogue = dict[str, str]


def need_messages() -> None:
    """A .mo beside every .po that is newer than its .mo."""
    stale = [source for source in _sources() if _is_stale(source)]
    for source in stale:
        _replace(source.with_suffix(".mo"), compiled(catalogue(source.read_text("utf-8"))))
    if stale:
        say(f"  Compiled {len(stale)} translation file{'s' * (len(stale) > 1)}")


def _sources() -> Iterator[Path]:
    for folder in ("meanwhile", "demo"):
        yield from (ROOT / folder).rglob("locale/*/LC_MESSAGES/*.po")


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def _replace(target: Path, content: bytes) -> None:
    half = target.with_suffix(".mo.half")
    half.write_bytes(content)
    half.replace(target)


def catalogue(text: str) -> Catalogue:
    """The finished entries of a .po text: key as gettext wants it → translation.

    Left out, as msgfmt leaves them out: entries marked fuzzy, obsolete (#~) or without translation.
    """
    found: Catalogue = {}
    for entry in _entries(text):
        forms = [entry[field] for field in sorted(entry) if field.startswith("msgstr")]
        if not entry.get("msgid") and "msgctxt" not in entry:
            found[""] = forms[0] if forms else ""
        elif forms and all(forms):
            found[key_of(entry)] = "\0".join(forms)
    return found


def key_of(entry: Mapping[str, str]) -> str:
    """An entry's key as gettext looks it up."""
    context = f"{entry['msgctxt']}\x04" if "msgctxt" in entry else ""
    plural = f"\0{entry['msgid_plural']}" if "msgid_plural" in entry else ""
    return f"{context}{entry['msgid']}{plural}"


def _entries(text: str) -> Iterator[dict[str, str]]:
    """Each entry as field → text, without the fuzzy ones. Entries are parted by empty lines."""
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = block.split("\n")
        fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        entry = entry_fields(block)
        if "msgid" in entry and (not fuzzy or not entry["msgid"]):
            yield entry


def entry_fields(block: str) -> dict[str, str]:
    """What an entry says, by field: `msgid`, `msgstr`, `msgstr[1]`, `msgctxt` …"""
    fields: dict[str, str] = {}
    name = ""
    for line in block.split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith('"'):
            name, line = line.split(None, 1)
            fields[name] = ""
        fields[name] += ast.literal_eval(line)
    return fields


def compiled(messages: Catalogue) -> bytes:
    """The catalogue as the bytes of a .mo file (little-endian, sorted by key, no hash table)."""
    keys = sorted(messages, key=lambda key: key.encode())
    originals = [key.encode() for key in keys]
    translations = [messages[key].encode() for key in keys]
    table = 28
    text = table + 16 * len(keys)
    offsets: list[int] = []
    for piece in originals + translations:
        offsets += [len(piece), text]
        text += len(piece) + 1
    header = struct.pack("<7I", 0x950412DE, 0, len(keys), table, table + 8 * len(keys), 0, 0)
    body = b"".join(piece + b"\0" for piece in originals + translations)
    return header + struct.pack(f"<{len(offsets)}I", *offsets) + body
