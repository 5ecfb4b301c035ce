"""Every read a page needs: `outline` and `offerings` here, `source` for course files."""

from meanwhile.courses.queries.source import source_of

__all__ = ["source_of"]
