"""What the course check says of a lesson that is being written, beside its blocks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meanwhile.authoring.documents import lesson_of
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.insights.check import Finding, Severity
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.queries import remarks_on

TONES = {Severity.BARRIER: "stop", Severity.MEND: "time", Severity.IDEA: "act"}


@require_GET
def margin(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    """A place for each block of the lesson; htmx puts each where it belongs."""
    found = get(request.who, "change", Course, pk=course)
    work = lesson_work(found, lesson)
    if work is None:
        raise Http404
    made = lesson_of(lesson, work.document)
    said: dict[str, list[dict[str, object]]] = {"": []}
    said |= {part.uid: [] for part in work.document.parts}
    if not made.problems:  # half a question has nothing to be said about yet
        for finding in remarks_on(found, made.source):
            said.setdefault(finding.place.block, []).append(_remark(finding))
    return render(request, "web/margin.html", {"course": found, "said": said})


def _remark(finding: Finding) -> dict[str, object]:
    check = CHECKS[finding.check]
    return {"says": finding.says, "how": check.how, "why": check.why,
            "tone": TONES[finding.severity]}  # fmt: skip
