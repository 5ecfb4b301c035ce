"""Reading: Markdown, shown as it is."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meanwhile.courses.activity import Data, Kind


class Text(Kind[Data]):
    """None; written without a fence"""

    name = "text"
    label = _("Text")
    icon = "text"

    def sample(self) -> tuple[dict[str, Any], str]:
        return {}, "## What the water does\n\nLight is *slower* in water than in air."


kind = Text()
