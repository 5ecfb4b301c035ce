"""Addresses of the room. Nouns: what is made, changed or ended there."""

from django.urls import path
from django.views.generic import RedirectView

from meanwhile.people.views import (
    accommodations,
    cohort,
    doors,
    rosters,
    school,
    school_days,
    settings,
)

app_name = "people"
urlpatterns = [
    # doors
    path("card/", doors.card, name="card"),
    path("join/", doors.join, name="join"),
    path("join/<str:code>/", doors.join, name="join"),
    path("invitation/<str:token>/", doors.invitation, name="invitation"),
    path("zone/", doors.zone, name="zone"),
    path("language/", doors.language, name="language"),
    # oneself
    path("settings/", settings.settings, name="settings"),
    path("settings/email/", settings.email, name="email"),
    path("settings/devices/", settings.devices, name="devices"),
    path("settings/reading/", doors.reading, name="reading"),
    path("notices/", settings.notices, name="notices"),
    # a school, for its admin
    path("school/<int:school>/", school.school, name="school"),
    path("school/<int:school>/people.csv", school.people_csv, name="people_csv"),
    path("school/<int:school>/people/new/", school.newcomer, name="newcomer"),
    path("school/<int:school>/people/<int:person>/", school.person, name="person"),
    path("school/<int:school>/people/<int:person>/roles/", school.roles, name="roles"),
    path(
        "school/<int:school>/people/<int:person>/suspension/",
        school.suspension,
        name="suspension",
    ),
    path("school/<int:school>/people/<int:person>/password/", school.password, name="password"),
    path(
        "school/<int:school>/people/<int:person>/second-step/",
        school.second_factor,
        name="second_factor",
    ),
    path("school/<int:school>/people/<int:person>/guardians/", school.guardians, name="guardians"),
    path("school/<int:school>/classes/", school.cohorts, name="cohorts"),
    path("school/<int:school>/terms/", school.terms, name="terms"),
    path("school/<int:school>/terms/<int:term>/", school.term, name="term"),
    path("school/<int:school>/days/", school_days.days, name="days"),
    path("school/<int:school>/days/holidays/", school_days.holidays, name="holidays"),
    path(
        "school/<int:school>/days/holidays/<int:holiday>/removal/",
        school_days.holiday_removal,
        name="holiday_removal",
    ),
    path("school/<int:school>/roster/", rosters.school_roster, name="school_roster"),
    path("school/<int:school>/who-may/", school.grants, name="grants"),
    # what is agreed with learners, for the SEND lead
    path(
        "school/<int:school>/accommodations/",
        accommodations.accommodations,
        name="accommodations",
    ),
    path(
        "school/<int:school>/accommodations/<int:person>/",
        accommodations.accommodation,
        name="accommodation",
    ),
    # a class, for who teaches or runs it
    path("cohorts/<int:cohort>/", cohort.cohort, name="cohort"),
    path("cohorts/<int:cohort>/settings/", cohort.cohort_settings, name="cohort_settings"),
    path("cohorts/<int:cohort>/closure/", cohort.closure, name="closure"),
    path("cohorts/<int:cohort>/code/", cohort.code, name="code"),
    path("cohorts/<int:cohort>/cards/", cohort.cards, name="cards"),
    path("cohorts/<int:cohort>/people/", cohort.enrolments, name="enrolments"),
    path("cohorts/<int:cohort>/people/<int:enrolment>/", cohort.enrolment, name="enrolment"),
    path("cohorts/<int:cohort>/groups/", cohort.groups, name="groups"),
    path("cohorts/<int:cohort>/groups/<int:group>/", cohort.group, name="group"),
    path("cohorts/<int:cohort>/invitations/", cohort.invitations, name="invitations"),
    path("cohorts/<int:cohort>/notes/", cohort.notes, name="notes"),
    path("cohorts/<int:cohort>/notes/<int:note>/", cohort.note, name="note"),
    path("cohorts/<int:cohort>/roster/", rosters.roster, name="roster"),
    # lists of people
    path("rosters/sample.csv", rosters.roster_sample, name="roster_sample"),
    path("rosters/<int:roster>/", rosters.roster_check, name="roster_check"),
    path("rosters/<int:roster>/undoing/", rosters.roster_undoing, name="roster_undoing"),
    # pages of allauth that are ours instead; before its own addresses in web/urls.py
    path("account/signup/", RedirectView.as_view(pattern_name="people:join"), name="signup"),
    path("account/email/", RedirectView.as_view(pattern_name="people:settings"), name="emails"),
    path(
        "account/sessions/", RedirectView.as_view(pattern_name="people:settings"), name="sessions"
    ),
]
