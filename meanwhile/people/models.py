"""Schools, people, what they are to each other, and how they come in."""

from datetime import time
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class School(models.Model):
    """A school on this site. Nothing of one school is ever seen by another."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=16, default="en-gb")
    country = models.CharField(_("country"), max_length=2, blank=True)

    # when somebody is there to answer: school_days.py counts with it
    work_days = models.CharField(
        max_length=7, default="12345", help_text="days of the week with school, 1 is Monday"
    )
    day_from = models.TimeField(default=time(8, 30))
    day_until = models.TimeField(default=time(16, 0))

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """Days without school, both ends included: a break, a public holiday, a training day."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="holidays")
    name = models.CharField(_("name"), max_length=60)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="holiday_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(
        self, username: str, password: str | None = None, **fields: Any
    ) -> "Person":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username)


class AgeBand(models.TextChoices):
    """Instead of a birth date: what the rules for the young need to know, and no more."""

    UNDER_13 = "under13", _("under 13")
    TEEN = "13to15", _("13 to 15")
    YOUTH = "16to17", _("16 or 17")
    ADULT = "adult", _("18 or over")
    UNKNOWN = "", _("not said")


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. A learner needs no e-mail, phone or birth date."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[\w.+-]+\Z",
                _("Use letters, digits and . _ + - only, for example amina.h"),
            )
        ],
    )
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("full name"), max_length=120)
    called = models.CharField(
        _("called"), max_length=60, blank=True, help_text=_("as the class calls them: Ms Okafor")
    )
    age_band = models.CharField(
        _("age"), max_length=8, choices=AgeBand.choices, default=AgeBand.UNKNOWN, blank=True
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("site admin"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    sign_in_round = models.PositiveIntegerField(
        default=0, help_text="one more ends every session of theirs"
    )

    # where they are, and how they read: follows them on every device
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    zone_confirmed = models.BooleanField(default=False)
    language = models.CharField(_("language"), max_length=16, default="en-gb")
    theme = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=8, blank=True)
    space = models.CharField(max_length=8, blank=True)
    font = models.CharField(max_length=8, blank=True)
    contrast = models.CharField(max_length=8, blank=True)
    motion = models.CharField(max_length=8, blank=True)
    ruler = models.CharField(max_length=8, blank=True)
    focus = models.CharField(max_length=8, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="one_username_whatever_its_case"),
            models.UniqueConstraint(Lower("email"), name="one_email", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return self.called or self.name

    def get_short_name(self) -> str:
        """First name among learners; a teacher as the class calls them."""
        return self.called or self.name.split(" ")[0]

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """A session holds while the password and the sign-in round stay as they were."""
        return salted_hmac(
            "meanwhile.people.Person.session",
            f"{self.password}:{self.sign_in_round}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @cached_property
    def has_news(self) -> bool:
        """Whether a notice waits to be read; asked once a page, for the menu."""
        return self.notices.filter(read_at=None).exists()

    @property
    def is_minor(self) -> bool:
        """Whether the rules for under-18s hold. Not said counts as young: strictest wins."""
        return self.age_band != AgeBand.ADULT


class Role(models.TextChoices):
    """What somebody is in a school. The presets; grants.py says what each may."""

    LEARNER = "learner", _("learner")
    ASSISTANT = "assistant", _("assistant")
    TEACHER = "teacher", _("teacher")
    DESIGNER = "designer", _("course designer")
    SEND_LEAD = "send", _("SEND lead")
    GUARDIAN = "guardian", _("guardian")
    ADMIN = "admin", _("school admin")


STAFF = (Role.ASSISTANT, Role.TEACHER, Role.DESIGNER, Role.SEND_LEAD, Role.ADMIN)


class Membership(models.Model):
    """A person in a school, as something. Suspended keeps everything and opens nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    suspended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "school", "role"], name="one_role_once")
        ]


class Term(models.Model):
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(_("name"), max_length=60)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="one_term_name"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="term_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """People who learn together: a class. Joined by code, by link or by list."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="cohorts")
    term = models.ForeignKey(Term, on_delete=models.SET_NULL, null=True, blank=True)
    name = models.CharField(_("name"), max_length=80)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    code = models.CharField(_("class code"), max_length=12, unique=True)
    open_to_join = models.BooleanField(_("the class code lets people join"), default=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_cohort_name")]

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """A person in a cohort. Who leaves keeps their work; `left_at` closes the door only."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    role = models.CharField(
        _("role"),
        max_length=12,
        choices=[(r.value, r.label) for r in (Role.LEARNER, Role.ASSISTANT, Role.TEACHER)],
        default=Role.LEARNER,
    )
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "cohort"], name="one_enrolment_a_cohort")
        ]
        indexes = [
            models.Index(fields=["cohort", "role", "left_at"], name="cohort_members"),
        ]


class Group(models.Model):
    """Some of a cohort, for work or for support."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=60)
    members = models.ManyToManyField(Enrolment, related_name="groups", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "name"], name="one_group_name")]

    def __str__(self) -> str:
        return self.name


class Guardianship(models.Model):
    """A guardian of a learner, in one school. The learner is told."""

    guardian = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guards")
    learner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guarded_by")
    school = models.ForeignKey(School, on_delete=models.CASCADE)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "learner", "school"], name="one_guardianship"
            )
        ]


class NameCard(models.Model):
    """A card for the young: with the class code, three words sign in. Only a keyed hash of cohort
    and words is kept; a new card ends the old one."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="card")
    words_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()


class Invitation(models.Model):
    """A link into a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.LEARNER)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Roster(models.Model):
    """A list of people brought in as CSV: looked at first, then applied, and undone at will."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="rosters")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    made_at = models.DateTimeField()
    rows = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True, blank=True)
    effects = models.JSONField(default=dict, help_text="what applying it made and changed")
    undone_at = models.DateTimeField(null=True, blank=True)


class Note(models.Model):
    """A few words from a teacher to the class."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    words = models.TextField(_("note"), max_length=4000)
    sent_at = models.DateTimeField(db_index=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)


class Notice(models.Model):
    """Something one person is told in the app: `people.actions.notify()`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    words = models.CharField(max_length=300)
    link = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "read_at"], name="unread_notices")]


class Format(models.TextChoices):
    """A form of what is learned and handed in that suits a learner."""

    PAPER = "paper", _("on paper")
    LARGE = "large", _("in large print")
    PLAINER = "plainer", _("in plainer words first")
    LISTEN = "listen", _("to listen to first")
    SPOKEN = "spoken", _("answers spoken instead of written")
    TYPED = "typed", _("answers typed instead of written by hand")


class Accommodation(models.Model):
    """What a school has agreed with a learner: its effects, and not why. `accommodations.py` says
    what follows from it.

    Nothing here is ever changed: an agreement that changes is a new row, and the rows before it are
    the history. The one that is not replaced holds.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accommodations")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="accommodations")
    number = models.PositiveIntegerField(help_text="1 for the first, one more with each change")
    extra_time = models.PositiveSmallIntegerField(
        _("extra time, per cent"), default=0, validators=[MaxValueValidator(300)]
    )
    extra_days = models.PositiveSmallIntegerField(
        _("extra days"), default=0, validators=[MaxValueValidator(60)]
    )
    rests = models.BooleanField(_("rest breaks stop the clock"), default=False)
    hides_timers = models.BooleanField(_("clocks and countdowns are hidden"), default=False)
    formats = models.JSONField(_("formats"), default=list, blank=True)
    other_tasks = models.BooleanField(_("another task instead, by agreement"), default=False)
    first_day = models.DateField(_("from"), null=True, blank=True)
    last_day = models.DateField(_("until"), null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school", "number"], name="one_accommodation_a_number"
            ),
            models.UniqueConstraint(
                fields=["person", "school"],
                condition=Q(replaced_at=None),
                name="one_accommodation_holds",
            ),
            models.CheckConstraint(
                condition=Q(first_day=None)
                | Q(last_day=None)
                | Q(last_day__gte=models.F("first_day")),
                name="accommodation_ends_after_it_starts",
            ),
        ]


class AccommodationReason(models.Model):
    """Why, in the words of the SEND lead, for SEND leads alone. A table of its own, so that who
    reads effects cannot have this in hand by mistake."""

    accommodation = models.OneToOneField(
        Accommodation, on_delete=models.CASCADE, related_name="reason"
    )
    words = models.TextField(_("reason and notes"), max_length=4000)
