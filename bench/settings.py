"""The product's own settings, with one page more: the bare one that all others are measured by."""

from meanwhile.settings import *  # noqa: F403
from meanwhile.settings import ROOT, TEMPLATES

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
TEMPLATES[0]["DIRS"].append(ROOT / "bench" / "templates")  # type: ignore[attr-defined]
