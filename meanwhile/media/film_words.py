"""What is said of a film that is being made ready, or cannot be: the sentences of its states."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "unreadable": _(
        "This file cannot be played. It may have been cut off on its way, or be of another kind "
        "than its name says. Try it on your device; if it plays there, save it as MP4 and send it "
        "again."
    ),
    "empty": _("There is nothing in this file. Record it again."),
    "nothing-in-it": _(
        "There is no picture and no sound in this file that browsers play. Save it as MP4 and send "
        "it again."
    ),
    "too-long": _("This is longer than six hours. Cut it into parts."),
    "too-many-pixels": _("Its picture is larger than 8K. Save it smaller and send it again."),
    "too-large": _("What is made of it is larger than 2 GB. Save it smaller and send it again."),
    "too-slow": _("It took too long on this server. Save it smaller or shorter and send it again."),
    "no-room": _("There is no room on the server to make it ready. Tell your school admin."),
    "no-encoder": _("This server’s ffmpeg cannot write such files. Tell your site admin."),
    "no-part": _("Choose a beginning and an end that lie inside it, at least a moment apart."),
    "no-ffmpeg": _("This server cannot cut films, because ffmpeg is not on it."),
    "gave-up": _("The server stopped in the middle of it, several times. Try it again."),
}

STEPS = {
    "looking": _("looking into it"),
    "cutting": _("cutting it"),
    "sound": _("making the version with sound only"),
    "waves": _("looking for what is loud and quiet"),
    "poster": _("choosing a picture"),
    "low": _("making the small version"),
    "middle": _("making the medium version"),
    "high": _("making the sharp version"),
}


def problem(word: str) -> str:
    """The sentence for why it cannot be done; of a word that is not known, that it went wrong."""
    return str(PROBLEMS.get(word) or say("Something went wrong. Try it again."))


def step(word: str) -> str:
    return str(STEPS.get(word) or say("waiting for its turn"))
