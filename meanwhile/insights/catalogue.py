"""docs/course-check.md: every check on one page, written from the code."""

from collections.abc import Iterator

from meanwhile.insights.check import SEVERITIES, SUBJECTS, Check
from meanwhile.insights.checks import CHECKS

HEAD = """\
# The course check

{written}
What `meanwhile check PATH` and the page *Course check* look for. Each check is one file in `meanwhile/insights/checks/`.

A remark can be kept quiet, with a reason, by its name: [course files](course-files.md), *Not here, because …*.

Effects are averages over many studies, mostly of factual outcomes and shorter than a course. *Read* says that we have read the figure in its source; where we have not, the check says so.

```sh
meanwhile check courses/light-and-colour                  # lines an editor can jump to
meanwhile check courses/light-and-colour --format github  # annotations beside the lines of a change
meanwhile check courses/light-and-colour --format json
meanwhile check --explain long-text
```

It ends with 0 where there is nothing to mend, 1 where there is (`--fail-on barrier`, `mend`, `idea` or `never`), and 2 where the course cannot be read.
"""


def catalogue_page(written: str) -> str:
    lines = [HEAD.format(written=written)]
    for subject, label in SUBJECTS.items():
        lines.append(f"## {label}\n")
        for check in CHECKS.values():
            if check.subject == subject:
                lines += [*_entry(check), ""]
    return "\n".join(lines).rstrip() + "\n"


def _entry(check: Check) -> Iterator[str]:
    source = f" ({check.evidence.source})" if check.evidence.source else ""
    fix = f" Button: *{check.fix}*." if check.fix else ""
    yield f"### {check.name}\n"
    yield f"{check.what}. *{str(SEVERITIES[check.severity]).capitalize()}.*\n"
    yield f"- **Why:** {check.why}"
    yield f"- **Grounds:** {check.evidence.says}{source} {check.evidence.status.value}"
    yield f"- **Mend it:** {check.how}{fix}"
