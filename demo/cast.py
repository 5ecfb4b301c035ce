"""Who is who. `make run` plays these people in; tests and screenshots use the same ones."""

from dataclasses import dataclass, field
from typing import Any

PASSWORD = "meanwhile-demo"  # noqa: S105 - the demo's, printed by `make run`


@dataclass(frozen=True)
class SchoolOf:
    key: str
    name: str
    zone: str
    country: str


@dataclass(frozen=True)
class CohortOf:
    key: str
    school: str
    name: str
    zone: str
    code: str


@dataclass(frozen=True)
class PersonOf:
    key: str
    name: str
    zone: str
    school: str
    roles: tuple[str, ...] = ("learner",)
    called: str = ""
    age_band: str = "under13"
    language: str = "en-gb"
    learns: tuple[str, ...] = ()
    teaches: tuple[str, ...] = ()
    assists: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)


SCHOOLS = (
    SchoolOf("riverside", "Riverside School", "Europe/London", "GB"),
    SchoolOf("hillside", "Hillside College", "Europe/Lisbon", "PT"),
)
COHORTS = (
    CohortOf("8b", "riverside", "8B Science", "Europe/London", "8BSC4RVR"),
    CohortOf("8c", "riverside", "8C Science", "Europe/London", "8CSC7RVR"),
    CohortOf("hill", "hillside", "Evening science", "Europe/Lisbon", "EVENHLL3"),
)


def _staff(key: str, name: str, called: str, role: str, **more: Any) -> PersonOf:
    more = {"zone": "Europe/London", "school": "riverside"} | more
    return PersonOf(key, name, roles=(role,), called=called, age_band="adult", **more)


def _learner(key: str, name: str, zone: str, cohort: str = "8b", **more: Any) -> PersonOf:
    more = {"school": "riverside"} | more
    return PersonOf(key, name, zone, learns=(cohort,), **more)


PEOPLE = (
    _staff("okafor", "Ada Okafor", "Ms Okafor", "teacher", teaches=("8b",)),
    _staff("lindqvist", "Per Lindqvist", "Mr Lindqvist", "teacher", teaches=("8b",)),
    _staff("osei", "Kwame Osei", "Mr Osei", "assistant", assists=("8b",)),
    _staff("dunn", "Carys Dunn", "Mrs Dunn", "teacher", teaches=("8c",)),
    _staff("brandt", "Ilse Brandt", "Dr Brandt", "designer"),
    _staff("farouk", "Salma Farouk", "Ms Farouk", "send"),
    _staff("reyes", "Tomás Reyes", "Mr Reyes", "admin"),
    _staff("haddad", "Leila Haddad", "", "guardian", zone="Africa/Nairobi", guards=("amina",)),
    _staff("sato", "Kenji Sato", "", "guardian", zone="Asia/Tokyo", guards=("hana",)),
    _learner("amina", "Amina Haddad", "Africa/Nairobi"),
    _learner("baraka", "Baraka Otieno", "Africa/Nairobi"),
    _learner("ella", "Ella Marsh", "Europe/London"),
    _learner("freya", "Freya Holt", "Europe/London"),
    _learner("hana", "Hana Sato", "Asia/Tokyo"),
    _learner("jonah", "Jonah Price", "Europe/London"),
    _learner("leo", "Leo Whitfield", "Europe/London"),
    _learner("mei", "Mei Tan", "Asia/Singapore"),
    _learner("noor", "Noor Aziz", "Europe/London"),
    _learner("priya", "Priya Nair", "Europe/London"),
    _learner("sam", "Sam Cole", "Europe/London"),
    _learner("yusuf", "Yusuf Demir", "Africa/Nairobi"),
    _learner("ruby", "Ruby Lane", "Europe/London", "8c"),
    _learner("tiago", "Tiago Reis", "Europe/Lisbon", "hill", school="hillside", age_band="adult"),
    _staff(
        "moura",
        "Inês Moura",
        "Inês",
        "teacher",
        school="hillside",
        zone="Europe/Lisbon",
        teaches=("hill",),
    ),
    _staff("costa", "Rui Costa", "Rui", "admin", school="hillside", zone="Europe/Lisbon"),
)
SITE_ADMIN = PersonOf("site", "Site admin", "Europe/London", "", roles=(), age_band="adult")
BY_KEY = {person.key: person for person in (*PEOPLE, SITE_ADMIN)}
