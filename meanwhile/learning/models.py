"""What a learner has done in an offering: where they are, what they finished and answered."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from meanwhile.courses.models import Block, Lesson, Offering, Unit
from meanwhile.people.models import Group, Person

KEPT_AFTER_REMOVAL = timedelta(days=30)
"""How long a note that was removed can be put back."""


class Participation(models.Model):
    """One person in one offering, from their first act in it.

    The counts are worked out afresh from the rows below with every write of this person that
    moves them, in its transaction, and with every change of the course, soon after it. They hold
    while `counted_in` is the edition of the course; until then `queries.as_of_now` works them out.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="participations")
    started_at = models.DateTimeField()
    last_active_at = models.DateTimeField()
    # the place to go on: lesson, block and what is inside the block (paragraph or second)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True)
    lesson = models.ForeignKey(Lesson, on_delete=models.SET_NULL, null=True)
    block = models.ForeignKey(Block, on_delete=models.SET_NULL, null=True, related_name="+")
    spot = models.CharField(max_length=40, blank=True, help_text="an anchor in the block: 'p3'")
    # counted over what is in the course now
    done = models.PositiveIntegerField(default=0, help_text="blocks done")
    answered = models.PositiveIntegerField(default=0, help_text="questions answered")
    right = models.PositiveIntegerField(default=0, help_text="questions whose last answer is right")
    finished = models.BooleanField(default=False, help_text="everything there is now is done")
    finished_at = models.DateTimeField(null=True, help_text="when it was for the first time")
    counted_in = models.PositiveIntegerField(default=0, help_text="the edition counted over")
    # why a teacher might look: the question they are stuck on, the unit done but shaky
    stuck_on = models.ForeignKey(Block, on_delete=models.SET_NULL, null=True, related_name="+")
    shaky_in = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "offering"], name="one_participation")
        ]
        indexes = [
            models.Index(fields=["offering", "unit", "last_active_at"], name="company_in_a_unit")
        ]


class BlockState(models.Model):
    """What one learner has done with one block. Grows only: done stays done, tries add up; the
    last answer is the latest in the order the server took them in.

    The state of a main block holds what was done with it in whichever way; only it is counted. The
    state of another way holds its own part: its hints, its second of a sound, its own tries.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="states"
    )
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="states")
    done_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0, help_text="place in a film or sound, in seconds")
    tries = models.PositiveIntegerField(default=0)
    score = models.FloatField(null=True, help_text="of the last answer, 0 to 1")
    right = models.BooleanField(null=True, help_text="whether the last answer was right")
    first_right = models.BooleanField(null=True, help_text="whether the first answer was right")
    wrong_run = models.PositiveIntegerField(default=0, help_text="wrong answers since a right one")
    hints = models.PositiveSmallIntegerField(default=0, help_text="hints opened so far")
    why_at = models.DateTimeField(null=True, help_text="when they asked to be told why")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "block"], name="one_state_a_block")
        ]
        indexes = [models.Index(fields=["block"], condition=Q(right=False), name="wrong_answers")]


class Answer(models.Model):
    """One answer, as it was given: kept for good, never changed."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="answers"
    )
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="+")
    response = models.JSONField()
    confidence = models.PositiveSmallIntegerField(
        null=True, help_text="0 guessing, 1 fairly sure, 2 very sure"
    )
    score = models.FloatField()
    right = models.BooleanField()
    hints = models.PositiveSmallIntegerField(default=0, help_text="opened before answering")
    edition = models.PositiveIntegerField(help_text="of the course it was answered in")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["participation", "block"], name="answers_of_a_block")]


class Draft(models.Model):
    """What is typed but not yet answered: compare-and-set on `version`."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="drafts"
    )
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="+")
    words = models.JSONField(default=dict, help_text="the fields of the form, as typed")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "block"], name="one_draft_a_block")
        ]


WAY = 24
"""As long as the longest name of a way: `in-` and a language tag."""


class WayChoice(models.Model):
    """The way in which somebody chose to meet one block. Theirs alone, and it counts for nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=WAY, help_text="courses.variants.key_of")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "block"], name="one_way_choice_a_block")
        ]


class WayWish(models.Model):
    """What somebody would like wherever there is a choice. Theirs alone."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=WAY, help_text="of courses.variants.general_ways")


class WayStart(models.Model):
    """The way in which a teacher lets a person or a group of a class begin. Never a bound: who
    learns may always choose another."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, related_name="+")
    way = models.CharField(max_length=WAY, help_text="of courses.variants.general_ways")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offering", "person"], name="one_start_a_person"),
            models.UniqueConstraint(fields=["offering", "group"], name="one_start_a_group"),
            models.CheckConstraint(
                condition=Q(person=None, group__isnull=False) | Q(person__isnull=False, group=None),
                name="start_is_for_a_person_or_a_group",
            ),
        ]


class LessonNote(models.Model):
    """A note or a highlight in a lesson, for the eyes of its writer alone.

    What was marked (`part` to `second`) stays as it was; `state` to `end` say where that is in
    the block now, worked out whenever the block changed (`spots.py`).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    uid = models.CharField(max_length=40, help_text="made where it is written, offline too")
    # the way it was read by; the note outlives it
    offering = models.ForeignKey(Offering, on_delete=models.SET_NULL, null=True, related_name="+")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=80, blank=True)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    at = models.PositiveIntegerField(default=0, help_text="in the block's text, in signs")
    whole = models.BooleanField(default=True, help_text="all of the part, not some words")
    media = models.CharField(max_length=400, blank=True, help_text="address of picture or film")
    second = models.FloatField(null=True, help_text="of a film or a sound")
    state = models.CharField(max_length=8, default="there", help_text="there, changed, gone")
    found_part = models.CharField(max_length=80, blank=True)
    start = models.PositiveIntegerField(default=0, help_text="in the text from found_part on")
    end = models.PositiveIntegerField(default=0)
    found_in = models.CharField(max_length=16, blank=True, help_text="print of what was searched")

    words = models.TextField(blank=True)
    tags = models.CharField(max_length=400, blank=True, help_text="between gaps: ' exam light '")
    sought = models.TextField(blank=True, help_text="what a search looks in: plain, small letters")
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, help_text="can be put back for 30 days")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "uid"], name="one_note_of_a_uid")]
        indexes = [models.Index(fields=["person", "block"], name="own_notes_of_a_block")]
