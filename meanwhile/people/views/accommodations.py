"""What is agreed with learners, for the SEND lead who keeps it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meanwhile.core.rules import get
from meanwhile.people import actions, queries
from meanwhile.people.forms.accommodations import AccommodationForm
from meanwhile.people.models import Person, School
from meanwhile.people.views.help import do, number


@login_required
@require_safe
def accommodations(request: HttpRequest, school: int) -> HttpResponse:
    """Learners with something agreed; by name, every learner of the school."""
    found = get(request.who, "support", School, pk=school)
    words = request.GET.get("words", "")[:80]
    page = queries.agreed(request.who, found, words, number(request))
    context = {"school": found, "page": page, "words": words}
    return render(request, "people/accommodations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def accommodation(request: HttpRequest, school: int, person: int) -> HttpResponse:
    """What is agreed with one learner, and all that was before."""
    found = get(request.who, "support", School, pk=school)
    somebody = get(request.who, "see", Person, pk=person)
    if not queries.is_learner(somebody, found):
        raise Http404
    page = queries.profile_of(request.who, found, somebody)
    now = page.now
    first = AccommodationForm.initial_of(now.row if now else None, now.reason if now else "")
    form = AccommodationForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = _("Kept. It holds everywhere at once, and %(name)s is told.")
        receipt = do(
            request,
            "accommodation",
            lambda: actions.keep_accommodation(
                request.who.person, somebody, found, **form.cleaned_data
            ),
            said % {"name": somebody.get_short_name()},
        )
        if receipt:
            return redirect("people:accommodation", school=found.pk, person=somebody.pk)
        # what was typed stays; the next try is against what holds now
        typed = request.POST.copy()
        typed["seen"] = str(now.row.number if now else 0)
        form = AccommodationForm(typed, initial=first)
    context = {"school": found, "page": page, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "people/accommodation.html", context, status=status)
