"""Every write of the room. One file a noun; all are called as `people.actions.<deed>`."""

from meanwhile.people.actions.access import (
    change_password_for,
    drop_second_factor,
    end_other_sessions,
    end_sessions,
    forget_ended_sessions,
    list_session,
    sessions_follow_password,
    signed_in,
)
from meanwhile.people.actions.accommodations import keep_accommodation
from meanwhile.people.actions.cards import make_cards
from meanwhile.people.actions.cohorts import (
    change_cohort,
    change_term,
    close_cohort,
    make_cohort,
    make_group,
    make_term,
    put_in_group,
    remove_group,
    remove_term,
    renew_code,
    reopen_cohort,
)
from meanwhile.people.actions.enrolments import enrol, join, leave, move
from meanwhile.people.actions.invitations import end_invitation, invite
from meanwhile.people.actions.memberships import (
    give_role,
    link_guardian,
    make_school,
    reinstate,
    suspend,
    take_role,
    unlink_guardian,
)
from meanwhile.people.actions.notes import (
    notify,
    notify_all,
    read_notices,
    send_note,
    take_back_note,
)
from meanwhile.people.actions.passwords import Password, draw_one, hashed
from meanwhile.people.actions.persons import change_person, keep_reading, make_person
from meanwhile.people.actions.refused import Refused
from meanwhile.people.actions.rosters import (
    Undone,
    apply_roster,
    keep_roster,
    passwords_for,
    undo_roster,
)
from meanwhile.people.actions.school_days import change_days, make_holiday, remove_holiday

__all__ = [
    "Password",
    "Refused",
    "Undone",
    "apply_roster",
    "change_cohort",
    "change_days",
    "change_password_for",
    "change_person",
    "change_term",
    "close_cohort",
    "draw_one",
    "drop_second_factor",
    "end_invitation",
    "end_other_sessions",
    "end_sessions",
    "enrol",
    "forget_ended_sessions",
    "give_role",
    "hashed",
    "invite",
    "join",
    "keep_accommodation",
    "keep_reading",
    "keep_roster",
    "leave",
    "link_guardian",
    "list_session",
    "make_cards",
    "make_cohort",
    "make_group",
    "make_holiday",
    "make_person",
    "make_school",
    "make_term",
    "move",
    "notify",
    "notify_all",
    "passwords_for",
    "put_in_group",
    "read_notices",
    "reinstate",
    "remove_group",
    "remove_holiday",
    "remove_term",
    "renew_code",
    "reopen_cohort",
    "send_note",
    "sessions_follow_password",
    "signed_in",
    "suspend",
    "take_back_note",
    "take_role",
    "undo_roster",
    "unlink_guardian",
]
