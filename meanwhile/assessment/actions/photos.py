"""Binding the photos of a hand-in into one PDF. A chore does it, so that handing in stays quick."""

import tempfile
from datetime import timedelta

from django.db.models import Count, Q

from meanwhile.assessment import photos
from meanwhile.assessment.models import Submission, WorkFile
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.media import store
from meanwhile.media.actions import keep_blob

LOOK_BACK = timedelta(days=7)
AT_ONCE = 20


def bind_photos(submission: Submission) -> bool:
    """Make the PDF of a hand-in with two photos or more, once. Whether there is one now."""
    if submission.photos_id is not None:
        return True
    shown = WorkFile.objects.filter(
        handed_in__submission=submission, blob__type__in=photos.BOUND
    ).order_by("handed_in__position")
    paths = [store.path_of(each.blob.sha256) for each in shown.select_related("blob") if each.blob]
    with tempfile.TemporaryFile() as file:
        if len(paths) < 2 or not photos.bind(paths, file):
            return False
        file.seek(0)
        blob = keep_blob(file, "photos.pdf")
    with writing():
        Submission.objects.filter(pk=submission.pk, photos=None).update(photos=blob)
        submission.photos = blob
    return True


def bind_waiting_photos() -> int:
    """Bind those of the last days whose photos have all come. How many were."""
    pictures = Q(files__file__blob__type__in=photos.BOUND)
    waiting = (
        Submission.objects.filter(
            photos=None, taken_back_at=None, handed_in_at__gte=clock.now() - LOOK_BACK
        )
        .annotate(
            pages=Count("files", filter=pictures),
            coming=Count("files", filter=Q(files__file__blob=None)),
        )
        .filter(pages__gte=2, coming=0)
    )
    return sum(bind_photos(each) for each in waiting[:AT_ONCE])
