"""One configuration for every use; the environment changes what must differ.

DATABASE_URL (default: SQLite in var/), SECRET_KEY (default: made once in var/), ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS,
HTTPS=1 behind a TLS proxy, DEBUG=1 for developers.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).parent.parent
VAR = Path(os.environ.get("ALLERVERS_VAR", BASE_DIR / "var"))


def secret_key() -> str:
    """The key given, or one made once and kept beside the database."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = VAR / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


def database() -> dict:
    """PostgreSQL or SQLite, by DATABASE_URL."""
    chosen = dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'allervers.sqlite3'}")
    if chosen["ENGINE"].endswith("sqlite3"):
        chosen["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        }
        Path(chosen["NAME"]).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    else:
        chosen["CONN_MAX_AGE"] = 60
    return chosen


SECRET_KEY = secret_key()
DEBUG = os.environ.get("DEBUG") == "1"
HTTPS = os.environ.get("HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.forms",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "allervers.base",
    "allervers.accounts",
    "allervers.territory",
    "allervers.people",
    "allervers.outreach",
    "allervers.encounters",
    "allervers.accompaniment",
    "allervers.web.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "allervers.web.guarding.NothingTooLarge",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "allervers.web.guarding.NothingStays",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allervers.web.guarding.OnlyText",
    "allervers.web.reading.GetNeverWrites",
    "allervers.web.refusing.RefusedIsAPage",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "allervers.web.desk.navigation.navigation",
            ],
        },
    }
]

FORM_RENDERER = "allervers.web.desk.asking.Renderer"

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ------------------------------------------------------------------ who signs in
AUTH_USER_MODEL = "accounts.Agent"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "allervers.web.desk.views.account.locked_out"
AXES_USERNAME_CALLABLE = "allervers.web.desk.views.account.username_tried"
AXES_CLIENT_IP_CALLABLE = "allervers.web.desk.views.account.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
SESSION_COOKIE_AGE = 60 * 60 * 4  # a phone left on a table
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
if HTTPS:  # a neighbouring site cannot set a cookie so named
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# ------------------------------------------------------------------ what a page may do
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the organisation's other sites are its own to decide of
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# ------------------------------------------------------------------ language, time, files
LANGUAGE_CODE = "fr"
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static-collected"
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
LARGEST_UPLOADS = {"/territoire/importer": 201 * 1024 * 1024}  # address: bytes, the form around the file included

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
