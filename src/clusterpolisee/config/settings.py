"""Settings, read from the environment; every variable is described in docs/how-to/settings.md."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from clusterpolisee.config.sign_in_service import sign_in_service

PACKAGE = Path(__file__).resolve().parent.parent
DEMO = os.environ.get("CLUSTERPOLISEE_DEMO") == "1"
DEBUG = os.environ.get("CLUSTERPOLISEE_DEBUG") == "1"

# One folder holds everything an instance knows: database, raw files, dataset versions, pictures, secret.
HOME = Path(os.environ.get("CLUSTERPOLISEE_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
STORE_FOLDER = HOME / "store"
PICTURE_FOLDER = HOME / "pictures"
ENGINE_FOLDER = HOME / "engine"  # what the engine has worked out; made again where it is missing


def _secret_key() -> str:
    """From the environment, else made once and kept beside the data, readable by its owner only."""
    if given := os.environ.get("CLUSTERPOLISEE_SECRET_KEY"):
        return given
    kept = HOME / "secret_key"
    if not kept.exists():
        from django.core.management.utils import get_random_secret_key

        try:
            handle = os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:  # another process was a moment faster
            return kept.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(get_random_secret_key())
    return kept.read_text().strip()


def _database(url: str) -> dict[str, object]:
    """postgresql://user:password@host:port/name, or nothing for SQLite in the home folder."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "clusterpolisee.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            f"CLUSTERPOLISEE_DATABASE starts with “{parts.scheme}:”; give a postgresql:// address, or leave it "
            "out to use SQLite in the home folder."
        )
    if find_spec("psycopg") is None:
        raise ImproperlyConfigured(
            "CLUSTERPOLISEE_DATABASE leads to PostgreSQL, and its driver is not installed: run `make postgresql`, or "
            "install the packages of requirements/postgresql.txt."
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("CLUSTERPOLISEE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_ADDRESS = os.environ.get("CLUSTERPOLISEE_ADDRESS", "http://localhost:8000").rstrip("/")
SECURE = SITE_ADDRESS.startswith("https://")
DATABASES = {"default": _database(os.environ.get("CLUSTERPOLISEE_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "clusterpolisee.home",
    "clusterpolisee.evidence",
    "clusterpolisee.community",
    "clusterpolisee.regions",
    "clusterpolisee.classifications",
    "clusterpolisee.shell.api",
    "clusterpolisee.shell.exports",
    "clusterpolisee.shell.history",
    "clusterpolisee.shell.jobs",
    "clusterpolisee.shell.languages",
    "clusterpolisee.shell.accounts",
    "clusterpolisee.shell.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clusterpolisee.shell.ui.middleware.WithoutNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clusterpolisee.shell.accounts.middleware.NotesWhereSomebodyIsSignedIn",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "clusterpolisee.config.urls"
WSGI_APPLICATION = "clusterpolisee.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clusterpolisee.shell.ui.context.frame",
            ],
            "builtins": ["clusterpolisee.shell.ui.templatetags.ui"],
        },
    }
]

# Languages: the names of all sixteen and which of them are offered live in shell/languages.
LANGUAGE_CODE = "en"
LANGUAGES = [("bg", _("Bulgarian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False  # years are numbers too; shell/languages writes what has thousands
USE_TZ = True
TIME_ZONE = "Europe/Sofia"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists() or DEBUG
MEDIA_ROOT = HOME / "files"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # How often addresses and tokens asked the API: apart, so that a crowd of addresses cannot push kept pages out.
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
API_REQUESTS_PER_MINUTE = {
    "visitor": int(os.environ.get("CLUSTERPOLISEE_API_VISITOR", "120")),
    "member": int(os.environ.get("CLUSTERPOLISEE_API_MEMBER", "600")),
}

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["clusterpolisee.shell.accounts.backends.AdmittedOnly"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "clusterpolisee.shell.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "ClusterPoliSEE: "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # people hear when their password or address changes
ACCOUNT_CHANGE_EMAIL = True  # one address: the new one counts once it is confirmed, the old one is told
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # a session left open on a desk changes no address
MFA_ADAPTER = "clusterpolisee.shell.accounts.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a new address waits for its confirmation beside the old, confirmed one
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "ClusterPoliSEE"
MFA_TOTP_TOLERANCE = 1  # telephones run a little fast or slow
_PASSKEY_FORMS = "clusterpolisee.shell.accounts.passkey_forms"
MFA_FORMS = {
    "add_webauthn": f"{_PASSKEY_FORMS}.AddPasskeyForm",
    "edit_webauthn": f"{_PASSKEY_FORMS}.RenamePasskeyForm",
    "login_webauthn": f"{_PASSKEY_FORMS}.SignInWithPasskeyForm",
    "authenticate_webauthn": f"{_PASSKEY_FORMS}.SecondStepWithPasskeyForm",
    "reauthenticate_webauthn": f"{_PASSKEY_FORMS}.ProofWithPasskeyForm",
}
ADMINISTRATOR_SECOND_FACTOR = os.environ.get("CLUSTERPOLISEE_ADMINISTRATOR_SECOND_FACTOR", "asked")
if ADMINISTRATOR_SECOND_FACTOR not in ("asked", "required"):
    raise ImproperlyConfigured(
        f"CLUSTERPOLISEE_ADMINISTRATOR_SECOND_FACTOR says “{ADMINISTRATOR_SECOND_FACTOR}”; say asked or required."
    )
SOCIALACCOUNT_ADAPTER = "clusterpolisee.shell.accounts.providers.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = sign_in_service(os.environ)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = (
    True  # but see ProviderAdapter: both sides must have confirmed the address
)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
OPEN_FOR_SIGNUP = os.environ.get("CLUSTERPOLISEE_CLOSED") != "1"
CONTACT_EMAIL = os.environ.get("CLUSTERPOLISEE_CONTACT", "")

EMAIL_BACKEND = os.environ.get(
    "CLUSTERPOLISEE_EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend"
    if DEMO or not os.environ.get("CLUSTERPOLISEE_EMAIL_HOST")
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = HOME / "outbox"
EMAIL_HOST = os.environ.get("CLUSTERPOLISEE_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("CLUSTERPOLISEE_EMAIL_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("CLUSTERPOLISEE_EMAIL_FROM", "ClusterPoliSEE <no-reply@localhost>")

# Work in the background: the queue is a table of the same database
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_SCHEDULE = "clusterpolisee.config.schedule.SCHEDULE"

# Live sources: only these are ever asked, by https and at public addresses
FETCH_FOLDER = HOME / "fetching"
SOURCE_ADDRESSES = {
    "eurostat": "https://ec.europa.eu/eurostat/api/dissemination",
    "oecd": "https://sdmx.oecd.org/public/rest",
}
# For tests: the address of a server on this very machine that stands in for all sources
SOURCE_STAND_IN = os.environ.get("CLUSTERPOLISEE_SOURCE_STAND_IN", "")

# Walls
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE and os.environ.get("CLUSTERPOLISEE_BEHIND_PROXY") != "1"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
BEHIND_PROXY = os.environ.get("CLUSTERPOLISEE_BEHIND_PROXY") == "1"
if BEHIND_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # whose address counts, for limits and for the list of devices
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a page of unknown codes has many

# Importing in the browser
IMPORT_LIMIT_MB = int(os.environ.get("CLUSTERPOLISEE_IMPORT_LIMIT_MB", "200"))
IMPORT_LIMIT_CELLS = int(os.environ.get("CLUSTERPOLISEE_IMPORT_LIMIT_CELLS", "40_000_000"))
# Unpacked, a file of more than this many MB is read, checked and stored in the background. Eight MB are about 200,000
# cells of a workbook, or 300,000 lines of a CSV: some seconds, which is as long as a person should wait for a page.
IMPORT_LONG_MB = int(os.environ.get("CLUSTERPOLISEE_IMPORT_LONG_MB", "8"))
SECOND_PERSON_ACCEPTS = os.environ.get("CLUSTERPOLISEE_SECOND_PERSON") == "1"
FILE_UPLOAD_HANDLERS = [
    "clusterpolisee.evidence.importing.size_limit.SizeLimit",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
