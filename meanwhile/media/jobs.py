"""What the room does in the background: thin, for each is a deed of `actions/films.py`."""

from meanwhile.core.jobs import work
from meanwhile.media import ffmpeg
from meanwhile.media.actions.films import make_cut, make_versions
from meanwhile.media.queries import CUT, PREPARE

work(PREPARE, able=ffmpeg.there)(make_versions)
work(CUT, able=ffmpeg.there)(make_cut)
