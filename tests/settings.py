"""Settings for tests: the product's own, with a quick password hash and no data folder kept."""

import os
import tempfile

os.environ.setdefault("MEANWHILE_DATA", tempfile.mkdtemp(prefix="meanwhile-tests-"))
os.environ.setdefault("MEANWHILE_SECRET_KEY", "tests-only-" + "x" * 64)

from meanwhile.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
LANGUAGES = WRITTEN_IN  # noqa: F405 - the other direction is tried, words or no words
GALLERY = True
