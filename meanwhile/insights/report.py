"""Remarks as lines: for people at a terminal, for GitHub's annotations, and as JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import ngettext

from meanwhile.insights.check import Finding, Severity
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.remarks import Remarks

LEVELS = {Severity.BARRIER: "error", Severity.MEND: "warning", Severity.IDEA: "notice"}


def plain(found: Remarks, root: str = "") -> Iterator[str]:
    """A line a remark that an editor can jump to, and below it how to mend it, once a check."""
    told: set[str] = set()
    for each in found.findings:
        yield f"{where(each, root)}: {each.severity.label}: {_one_line(each.says)} [{each.check}]"
        if each.check not in told:
            yield f"    {CHECKS[each.check].how}"
            told.add(each.check)
    yield counted(found)


def where(finding: Finding, root: str = "") -> str:
    path = _path(finding, root)
    return f"{path}:{finding.place.line}" if finding.place.line else path


def _path(finding: Finding, root: str) -> str:
    return f"{root.rstrip('/')}/{finding.place.path}" if root else finding.place.path


def counted(found: Remarks) -> str:
    """“12 remarks: 1 shuts somebody out, 4 are worth mending, 7 are ideas.”"""
    if not found.findings:
        return say("Nothing to say.") + _hushed(found)
    words = ngettext("%(n)d remark", "%(n)d remarks", len(found.findings))
    each = [
        _of_severity(severity, number)
        for severity in Severity
        if (number := sum(f.severity == severity for f in found.findings))
    ]
    values = {"remarks": words % {"n": len(found.findings)}, "parts": ", ".join(each)}
    return say("%(remarks)s: %(parts)s.") % values + _hushed(found)


def _of_severity(severity: Severity, number: int) -> str:
    words = {
        Severity.BARRIER: ngettext("%(n)d shuts somebody out", "%(n)d shut somebody out", number),
        Severity.MEND: ngettext("%(n)d is worth mending", "%(n)d are worth mending", number),
        Severity.IDEA: ngettext("%(n)d is an idea", "%(n)d are ideas", number),
    }
    return words[severity] % {"n": number}


def _hushed(found: Remarks) -> str:
    if not found.hushed:
        return ""
    words = ngettext(
        " %(n)d more is not wanted here, and the course says why.",
        " %(n)d more are not wanted here, and the course says why.",
        len(found.hushed),
    )
    return words % {"n": len(found.hushed)}


def github(found: Remarks, root: str = "") -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines of a change."""
    for each in found.findings:
        check = CHECKS[each.check]
        line = f",line={each.place.line}" if each.place.line else ""
        head = f"file={_property(_path(each, root))}{line},title={_property(str(check.what))}"
        yield f"::{LEVELS[each.severity]} {head}::{_data(f'{each.says} {check.how} [{check.name}]')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def as_json(found: Remarks, root: str = "") -> str:
    return json.dumps(
        {
            "remarks": [_values(each, root) for each in found.findings],
            "not_here": [
                _values(each.finding, root) | {"because": each.because} for each in found.hushed
            ],
        },
        indent=2,
        ensure_ascii=False,
    )


def _values(finding: Finding, root: str) -> dict[str, Any]:
    check, place = CHECKS[finding.check], finding.place
    return {
        "check": finding.check,
        "severity": finding.severity.name.lower(),
        "says": finding.says,
        "file": _path(finding, root),
        "line": place.line,
        "unit": place.unit,
        "lesson": place.lesson,
        "block": place.block,
        "why": str(check.why),
        "how": str(check.how),
        "evidence": {
            "says": str(check.evidence.says),
            "status": check.evidence.status.name.lower(),
            "source": check.evidence.source,
        },
    }


def explained(name: str) -> Iterator[str]:
    """All there is to know about one check."""
    check = CHECKS[name]
    yield f"{check.what} [{check.name}] – {check.severity.label}"
    yield f"  {say('Why')}: {check.why}"
    yield f"  {say('How')}: {check.how}"
    source = f" ({check.evidence.source})" if check.evidence.source else ""
    yield f"  {say('Grounds')}: {check.evidence.says}{source}"
    yield f"    {check.evidence.status.value}"


def listed(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield f"{name:24} {CHECKS[name].what}"
