"""A person's own settings, and how a guest reads."""

from django.test import Client

from meanwhile.people import actions
from meanwhile.people.models import Person


def test_zone_and_language_follow_the_person(cast, as_):
    sent = {"called": "", "zone": "Asia/Tokyo", "language": "fr", "operation": "1"}
    as_("amina").post("/settings/", sent)
    assert 'lang="fr"' in as_("amina").get("/settings/").content.decode()
    assert b"Tokyo" in as_("amina").get("/settings/").content


def test_an_unknown_zone_is_refused(as_):
    sent = {"zone": "Mars/Base", "language": "fr", "operation": "1"}
    assert as_("amina").post("/settings/", sent).status_code == 422


def test_an_e_mail_is_kept_with_the_password_only(cast, as_):
    client = as_("amina")
    wrong = {"email": "a@example.org", "password": "not this", "operation": "1"}
    assert client.post("/settings/email/", wrong).status_code == 422
    right = wrong | {"password": cast.password, "operation": "2"}
    assert client.post("/settings/email/", right).status_code == 302
    assert Person.objects.get(pk=cast.amina.pk).email == "a@example.org"


def test_somebody_elses_e_mail_is_refused(cast, as_):
    Person.objects.filter(pk=cast.leo.pk).update(email="leo@example.org")
    sent = {"email": "LEO@example.org", "password": cast.password, "operation": "1"}
    page = as_("amina").post("/settings/email/", sent, follow=True)
    assert b"already used" in page.content


def test_reading_settings_are_kept_in_the_profile(cast, as_):
    as_("amina").post("/settings/reading/", {"theme": "dark", "text": "large", "font": "comic"})
    person = Person.objects.get(pk=cast.amina.pk)
    assert (person.theme, person.text, person.font) == ("dark", "large", "")
    assert b'data-theme="dark"' in as_("amina").get("/settings/").content


def test_a_guest_keeps_them_on_the_device(db):
    client = Client()
    client.post("/settings/reading/", {"theme": "dark", "next": "/join/"})
    assert b'data-theme="dark"' in client.get("/join/").content


def test_a_guest_chooses_zone_and_language(db):
    client = Client()
    client.post("/zone/", {"zone": "Africa/Nairobi", "next": "/join/"})
    client.post("/language/", {"language": "ar", "next": "/join/"})
    page = client.get("/join/").content.decode()
    assert "Nairobi" in page
    assert 'dir="rtl"' in page


def test_the_way_back_leads_to_this_site_only(db):
    answer = Client().post("/zone/", {"zone": "Africa/Nairobi", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_notices_are_read(cast, as_):
    actions.notify(cast.amina, "test", "Something happened.")
    client = as_("amina")
    assert b"Something happened." in client.get("/notices/").content
    assert Person.objects.get(pk=cast.amina.pk).has_news
    client.post("/notices/")
    assert not Person.objects.get(pk=cast.amina.pk).has_news


def test_a_notice_is_in_the_readers_language(cast):
    from django.utils.translation import gettext_lazy as _

    Person.objects.filter(pk=cast.amina.pk).update(language="fr")
    person = Person.objects.get(pk=cast.amina.pk)
    assert actions.notify(person, "test", _("Yes")).words == "Oui"


def test_queries_of_the_settings_page_are_few(as_, django_assert_max_num_queries):
    client = as_("okafor")
    with django_assert_max_num_queries(12):
        client.get("/settings/")
