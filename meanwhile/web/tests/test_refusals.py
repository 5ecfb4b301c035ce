"""What any page refuses, in a plain page: never a 500."""

import pytest


@pytest.mark.parametrize("address", ["/classes/?q=a%00b", "/courses/all/?q=%00", "/?page=%00"])
def test_a_nul_in_a_question_is_refused(as_, address):
    assert as_("okafor").get(address).status_code == 400


def test_a_nul_in_a_path_leads_nowhere(as_):
    assert as_("amina").get("/courses/1/files/media/%00").status_code == 404


def test_a_nul_in_an_answer_is_refused(cast, as_):
    address = f"/learn/{cast.offering.pk}/lesson-0-0/fish-0/answer/"
    assert as_("amina").post(address, {"choice": "dee\x00per"}).status_code == 400


def test_signed_out_one_is_asked_to_sign_in_whether_there_is_something_or_not(client, cast):
    for offering in (cast.offering.pk, 999):
        answer = client.get(f"/classes/{offering}/")
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/account/login/?next=/classes/{offering}/"


def test_the_same_deed_with_another_body_is_refused_in_words(cast, as_):
    amina, address = as_("amina"), f"/learn/{cast.offering.pk}/lesson-0-0/fish-0/answer/"
    amina.post(address, {"operation": "one", "choice": "deeper"})
    again = amina.post(address, {"operation": "one", "choice": "same"})
    assert again.status_code == 422


@pytest.mark.parametrize("operation", ["a\x00b", "x" * 10_240, "ümlaut", "a b"])
def test_what_is_no_operation_id_is_refused_in_words(cast, as_, operation):
    amina, address = as_("amina"), f"/learn/{cast.offering.pk}/lesson-0-0/fish-0/answer/"
    for answer in (
        amina.post(address, {"operation": operation, "choice": "deeper"}),
        amina.post(address, {"choice": "deeper"}, headers={"X-Operation": operation}),
    ):
        assert answer.status_code == 400
        assert "We could not read what was sent" in answer.content.decode()
