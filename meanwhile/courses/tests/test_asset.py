"""The files of a course go to those who may see it, and to nobody else."""

from io import BytesIO

import pytest
from django.urls import reverse

from meanwhile.courses.models import Asset
from meanwhile.media.actions import keep_blob


@pytest.fixture
def address(cast, settings, tmp_path) -> str:
    settings.MEDIA_ROOT = tmp_path
    blob = keep_blob(BytesIO(b"0123456789"), "a.txt")
    Asset.objects.create(course=cast.course, path="media/notes/a.txt", blob=blob)
    return reverse("courses:asset", args=[cast.course.pk, "media/notes/a.txt"])


@pytest.mark.parametrize("person", ["amina", "okafor", "brandt", "reyes"])
def test_learners_and_staff_get_it(as_, address, person):
    response = as_(person).get(address)
    assert response.status_code == 200
    assert response.getvalue() == b"0123456789"


@pytest.mark.parametrize("person", ["ruby", "tiago", "moura", "costa", "haddad", "site"])
def test_other_people_get_the_same_404_as_for_no_such_file(as_, address, person):
    assert as_(person).get(address).status_code == 404
    assert as_(person).get(address + "x").status_code == 404


def test_nobody_gets_it_unsigned(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_leaving_the_class_ends_it_at_once(cast, as_, address):
    from django.utils import timezone

    amina = as_("amina")
    tag = amina.get(address)["ETag"]
    cast.amina.enrolments.update(left_at=timezone.now())
    assert amina.get(address, headers={"If-None-Match": tag}).status_code == 404


def test_a_film_can_be_entered_in_the_middle(as_, address):
    response = as_("amina").get(address, headers={"Range": "bytes=4-"})
    assert (response.status_code, response.getvalue()) == (206, b"456789")


def test_keeping_it_is_a_download(as_, address):
    assert as_("amina").get(address + "?keep")["Content-Disposition"].startswith("attachment")


def test_nothing_can_be_written_there(as_, address):
    assert as_("amina").post(address).status_code == 405


@pytest.mark.parametrize("path", ["../settings.py", "media/../../x", "media/%2e%2e/x", "%00"])
def test_a_path_is_a_name_not_a_place(cast, as_, address, path):
    base = address.removesuffix("media/notes/a.txt")
    assert as_("amina").get(base + path).status_code == 404
