"""What the pages of the room send. works: drafts, files, receipts. dates: when tasks are due, and
more time."""

from meanwhile.assessment.forms.works import FileForm, ReceiptForm, WordsForm

__all__ = ["FileForm", "ReceiptForm", "WordsForm"]
