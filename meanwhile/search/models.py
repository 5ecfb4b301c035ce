"""What is found: passages, the words of each scope, the words of papers."""

from django.db import models


class Passage(models.Model):
    """Some sentences that can be found and opened. It belongs to nobody by itself: its source's
    rule says who may see it, from `row`. What the databases look through is kept up to date by
    themselves, from `title_stems` and `text_stems` (engines/)."""

    source = models.CharField(max_length=20, help_text="whose rule decides: lesson, note, …")
    scope = models.CharField(max_length=60, help_text="what it is in: course:7")
    key = models.CharField(max_length=60, help_text="the item it was cut from: block:12")
    row = models.BigIntegerField(help_text="key of the row the source's rule asks about")
    place = models.PositiveIntegerField(default=0, help_text="its number in the item")
    print = models.CharField(max_length=64, help_text="of the item when it was cut")
    kind = models.CharField(max_length=20, help_text="text, film, question, paper, …")
    language = models.CharField(max_length=16)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    spots = models.JSONField(default=list, help_text="[[0, 'p3'], [212, 'p4']]")
    title_stems = models.TextField(blank=True)
    text_stems = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "scope", "key", "place"], name="one_passage_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}.{self.place}"


class Lexicon(models.Model):
    """The words of a scope and in how many passages each stands: for weighing, for spelling, for
    suggestions. `words` is packed (lexicon.py)."""

    source = models.CharField(max_length=20)
    scope = models.CharField(max_length=60)
    version = models.PositiveBigIntegerField(default=0, help_text="drawn anew with every change")
    languages = models.JSONField(default=list)
    words = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "scope"], name="one_lexicon_a_scope")
        ]


class Paper(models.Model):
    """The words of a file that is not text itself, page by page, read once."""

    sha256 = models.CharField(max_length=64, unique=True)
    pages = models.JSONField(default=list)
    problem = models.CharField(max_length=200, blank=True, help_text="why there are no words")
    read_at = models.DateTimeField()
