"""Every read a page of the room needs. One file a page or two; their number is constant."""

from meanwhile.people.queries.accommodations import (
    Effects,
    agreed,
    allowance_of,
    allowances_by_school,
    allowances_of,
    effects_of,
    effects_of_wards,
    is_learner,
    profile_of,
)
from meanwhile.people.queries.cohorts import (
    CohortPage,
    cohort_page,
    groups_of,
    may_enrol,
    not_in,
    other_cohorts,
)
from meanwhile.people.queries.doors import (
    account_key,
    card_of,
    cohort_of_code,
    invitation_of,
    suggest_username,
    username_taken,
)
from meanwhile.people.queries.notices import notices_of
from meanwhile.people.queries.rosters import Line, differences, lines_of, rosters_of
from meanwhile.people.queries.school_days import calendar_of, calendars_of, holidays_of
from meanwhile.people.queries.schools import (
    belongs,
    cohorts_of,
    member_named,
    people_csv,
    people_of,
    person_page,
    terms_of,
)
from meanwhile.people.queries.settings import devices_of, has_second_factor, is_staff

__all__ = [
    "CohortPage",
    "Effects",
    "Line",
    "account_key",
    "agreed",
    "allowance_of",
    "allowances_by_school",
    "allowances_of",
    "belongs",
    "calendar_of",
    "calendars_of",
    "card_of",
    "cohort_of_code",
    "cohort_page",
    "cohorts_of",
    "devices_of",
    "differences",
    "effects_of",
    "effects_of_wards",
    "groups_of",
    "has_second_factor",
    "holidays_of",
    "invitation_of",
    "is_learner",
    "is_staff",
    "lines_of",
    "may_enrol",
    "member_named",
    "not_in",
    "notices_of",
    "other_cohorts",
    "people_csv",
    "people_of",
    "person_page",
    "profile_of",
    "rosters_of",
    "suggest_username",
    "terms_of",
    "username_taken",
]
