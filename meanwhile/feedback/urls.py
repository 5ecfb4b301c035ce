"""Addresses of the room. No name and no number of a person stands in any of them."""

from django.urls import path

from meanwhile.feedback import views

app_name = "feedback"
MARKING = "marking/<slug:code>/"
FEEDBACK = "feedback/<slug:code>/"
urlpatterns = [
    path("feedback/", views.mine, name="mine"),
    path(FEEDBACK, views.feedback, name="feedback"),
    path(f"{FEEDBACK}reading/", views.reading, name="reading"),
    path(f"{FEEDBACK}answer/<int:question>/", views.answer, name="answer"),
    path("marking/comments/", views.bank, name="bank"),
    path(MARKING, views.marking, name="marking"),
    path(f"{MARKING}draft/", views.draft, name="draft"),
    path(f"{MARKING}notes/", views.staff_notes, name="staff_notes"),
    path(f"{MARKING}names/", views.names, name="names"),
    path(f"{MARKING}held/", views.held, name="held"),
    path(f"{MARKING}move/", views.move, name="move"),
]
