"""Settings, from the environment, with safe defaults.

What can be set: DATABASE_URL, MEANWHILE_DATA, MEANWHILE_HOSTS, MEANWHILE_DEBUG,
MEANWHILE_HTTPS, MEANWHILE_PROXIES, MEANWHILE_WORKERS, MEANWHILE_THREADS, MEANWHILE_SECRET_KEY,
MEANWHILE_RECEIPT_KEYS, MEANWHILE_JOBS, MEANWHILE_FFMPEG, EMAIL_URL (docs/how-to/server.md).
"""

import secrets
from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from meanwhile.sqlite import use_carried_sqlite

use_carried_sqlite()

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent
DATA = Path(env.str("MEANWHILE_DATA", default=str(ROOT / "var"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)


def kept_secret(path: Path) -> str:
    """The site's secret: made once, kept beside the data, readable by its owner only."""
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


DEBUG = env.bool("MEANWHILE_DEBUG", default=False)
GALLERY = DEBUG
HTTPS = env.bool("MEANWHILE_HTTPS", default=False)
# networks whose word about who asks is believed: core/proxies.py
PROXIES = [
    ip_network(each.strip(), strict=False) for each in env.list("MEANWHILE_PROXIES", default=[])
]
LISTENS_ON = "127.0.0.1"  # `serve --host` says otherwise
WORKERS = env.int("MEANWHILE_WORKERS", default=1)
THREADS = env.int("MEANWHILE_THREADS", default=4)
# long work at once on this machine; 0: none here, `meanwhile work` does it elsewhere
JOBS = env.int("MEANWHILE_JOBS", default=1)
FFMPEG = env.str("MEANWHILE_FFMPEG", default="")  # a program; "none": act as if there were none
SECRET_KEY = env.str("MEANWHILE_SECRET_KEY", default="") or kept_secret(DATA / "secret-key")
# receipts of hand-ins are signed with the first; the others still hold. Apart from the secret, which
# may be changed without making a receipt untrue
RECEIPT_KEYS = env.list("MEANWHILE_RECEIPT_KEYS", default=[]) or [kept_secret(DATA / "receipt-key")]
ALLOWED_HOSTS = env.list("MEANWHILE_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "meanwhile.core",
    "meanwhile.ui",
    "meanwhile.people",
    "meanwhile.media",
    "meanwhile.search",
    "meanwhile.courses",
    "meanwhile.activities",
    "meanwhile.authoring",
    "meanwhile.learning",
    "meanwhile.assessment",
    "meanwhile.feedback",
    "meanwhile.insights",
    "meanwhile.web",
    "meanwhile.interop",
    "meanwhile.operations",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
]

MIDDLEWARE = [
    "meanwhile.core.proxies.BehindProxies",
    "django.middleware.security.SecurityMiddleware",
    "meanwhile.web.compression.PageCompression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "meanwhile.people.middleware.WhoMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "meanwhile.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "meanwhile.web.urls"
WSGI_APPLICATION = "meanwhile.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # a kind of activity keeps its templates in its own folder: "choice/learn.html"
        "DIRS": [ROOT / "meanwhile" / "activities"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "meanwhile.ui.context.reader",
                "meanwhile.web.context.places",
            ],
            "builtins": ["django.templatetags.i18n", "meanwhile.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'db.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # FULL: nothing acknowledged is lost in a power cut. IMMEDIATE: a transaction that reads
    # and then writes never fails as "locked". docs/decisions/0001-databases.md
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "meanwhile.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_RATE_LIMITS = False  # one limiter on every door: core/limits.py, called by the adapter
ACCOUNT_FORMS = {
    "login": "meanwhile.people.forms.doors.LoginForm",
    "change_password": "meanwhile.people.forms.doors.ChangePasswordForm",
    "set_password": "meanwhile.people.forms.doors.SetPasswordForm",
    "reset_password": "meanwhile.people.forms.doors.ResetPasswordForm",
    "reset_password_from_key": "meanwhile.people.forms.doors.ResetPasswordKeyForm",
    "reauthenticate": "meanwhile.people.forms.doors.ReauthenticateForm",
}
MFA_ADAPTER = "meanwhile.people.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "meanwhile.people.forms.doors.CodeForm",
    "reauthenticate": "meanwhile.people.forms.doors.ReauthenticateCodeForm",
    "activate_totp": "meanwhile.people.forms.doors.ActivateTOTPForm",
    "add_webauthn": "meanwhile.people.forms.doors.AddKeyForm",
    "edit_webauthn": "meanwhile.people.forms.doors.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Meanwhile"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "meanwhile.ui.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
# every text goes through the translation functions; a language is offered once its words are here
WRITTEN_IN = [("en-gb", _("English")), ("fr", _("French")), ("ar", _("Arabic"))]
LOCALE = ROOT / "meanwhile" / "locale"
LANGUAGES = [each for each in WRITTEN_IN if each[0] == "en-gb" or (LOCALE / each[0]).is_dir()]
LOCALE_PATHS = [LOCALE]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("MEANWHILE_MAIL_FROM", default="Meanwhile <meanwhile@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
