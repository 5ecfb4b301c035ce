"""Choosing how to meet a block: at the block, everywhere, and as a teacher for others to begin."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from meanwhile.core.receipts import do_once, once, operation_of
from meanwhile.courses.models import Block, Offering
from meanwhile.learning import actions, queries
from meanwhile.learning.forms import StartsForm, WishForm, typed_words


@login_required
@require_POST
def way(request: HttpRequest, offering: int, lesson: str, block: str, way: str) -> HttpResponse:
    """This way from now on, at this block. The form of a question comes along with what is typed
    in it, which is kept as a draft: nothing is lost by changing over."""
    learning = queries.offering_to_learn(request.who, offering)
    here, main, chosen = queries.way_to_choose(learning, lesson, block, way)
    operation = f"{operation_of(request)[:30]}.{way}"

    def deed() -> dict[str, Any]:
        _keep_typed(request, learning, here)
        actions.choose_way(request.who, main, chosen)
        return {}

    do_once(str(request.who.pk), operation, "learning.way", request.path, deed)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect(f"{reverse('learning:lesson', args=[offering, lesson])}#{main.uid}")


def _keep_typed(request: HttpRequest, learning: Offering, shown: Block) -> None:
    words = typed_words(request.POST) if shown.answers else {}
    if not any(words.values()):
        return
    try:
        actions.save_draft(request.who, learning, shown, words, None)
    except actions.Closed:
        return  # nothing can be typed there any more


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """When there is a choice, show me …"""
    first = {"way": queries.wish_of(request.who)}
    form = WishForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["way"]
        once(request, "learning.wish", lambda: actions.keep_wish(request.who, wanted))
        messages.success(request, _("Kept. You can still change over at every block."))
        return redirect("learning:wish")
    status = 422 if form.errors else 200
    return render(request, "learning/wish.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def starts(request: HttpRequest, offering: int) -> HttpResponse:
    """The way in which groups and persons of a class begin."""
    deed = "change" if request.method == "POST" else "watch"
    found = queries.offering_to_start(request.who, offering, deed)
    page = queries.starts_of(request.who, found)
    form = StartsForm(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _set(request, found, form)
    values = {"page": page, "form": form, "offering": found}
    status = 422 if form.errors else 200
    return render(request, "learning/starts.html", values, status=status)


def _set(request: HttpRequest, offering: Offering, form: StartsForm) -> HttpResponse:
    groups, people = form.wanted("group"), form.wanted("person")

    def deed() -> dict[str, Any]:
        return {"changed": actions.set_starts(request.who, offering, groups, people)}

    changed = once(request, "learning.starts", deed).result["changed"]
    said = ngettext("Kept: %(n)d change.", "Kept: %(n)d changes.", changed) % {"n": changed}
    messages.success(request, said if changed else _("Nothing was changed."))
    return redirect("learning:starts", offering.pk)
