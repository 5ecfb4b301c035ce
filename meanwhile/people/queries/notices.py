"""What somebody has been told."""

from django.core.paginator import Page, Paginator

from meanwhile.core.rules import visible
from meanwhile.people.models import Notice
from meanwhile.people.who import Who


def notices_of(who: Who, page: int = 1) -> Page:
    """Newest first, 50 a page."""
    return Paginator(visible(who, Notice).order_by("-made_at", "-pk"), 50).get_page(page)
