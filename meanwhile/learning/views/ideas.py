"""The progress page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meanwhile.learning import queries


@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Done and understood, in every course."""
    pages = queries.courses_progress(request.who)
    steps = [page.step for page in pages if page.step.kind not in queries.IDLE and page.step.open]
    values = {
        "pages": pages,
        "step": min(steps, key=queries.latest_first, default=None),
        "calibration": queries.calibration(request.who),
    }
    return render(request, "learning/progress.html", values)
