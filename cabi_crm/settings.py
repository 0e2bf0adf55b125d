"""All settings, from the environment. `.env.example` lists every name."""

import sys
from pathlib import Path

import bootstrap_wrapper
import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

# What kind of start this is: "production" trusts nothing that is not set, "demo" and "test" bring
# their own harmless values. Only `manage.py demo` and the tests set it.
MODE = env.str("CABI_MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"CABI_MODE is {MODE!r}; it must be one of: production, demo, test.")
if MODE == "production" and sys.argv[1:2] == ["demo"]:
    MODE = "demo"
DEMO = MODE == "demo"
LOCAL = MODE in {"demo", "test"}
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data")))


def required(name: str, local: str) -> str:
    """The variable's value; in a demo or a test `local` will do, otherwise the start is refused."""
    value: str = env.str(name, default=local if LOCAL else "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: it has no safe default. See .env.example.")
    return value


SECRET_KEY = required("SECRET_KEY", "only-for-demo-and-tests-" + "0" * 40)
DEBUG = env.bool("DEBUG", default=False)
LOCAL_HOSTS = ["127.0.0.1", "localhost", "testserver"] if LOCAL else []
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
# Where people find this installation: links in mails and calendars begin with it.
BASE_URL = required("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
if not BASE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured(f"BASE_URL is {BASE_URL!r}; it must begin with https://.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_filters",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "cabi_crm",
    "cabi_crm.ui",
    "cabi_crm.pages",
    "accounts",
    "toolbox",
    "companies",
    "partnerships",
    "insights",
]
if DEBUG or MODE == "test":
    INSTALLED_APPS.append("zeal")

MIDDLEWARE = [
    "cabi_crm.pages.middleware.health",
    "cabi_crm.pages.middleware.request_context",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cabi_crm.pages.middleware.response_headers",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "cabi_crm.pages.middleware.own_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "cabi_crm.urls"
WSGI_APPLICATION = "cabi_crm.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "cabi_crm.pages.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "cabi_crm.ui.templatetags.ui",
            ],
        },
    },
]

# Database: SQLite unless DATABASE_URL names a PostgreSQL.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'cabi.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),  # what the address asks for, such as sslmode
        "pool": MODE != "test",
        "options": "-c statement_timeout=30000 -c lock_timeout=5000",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Log-in attempts are counted here, so it is shared by all processes.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

# Log-in: e-mail and password, Argon2, two factors offered to all.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if MODE == "test":
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "cabi_crm.pages.login.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "cabi_crm.pages.login.MFAAdapter"
# Addresses are entered by an administrator and used to choose the password: no second proof.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Virksomhedsindgangen"
SESSION_COOKIE_AGE = env.int("SESSION_MAX_HOURS", default=12) * 3600

# Language and time.
LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["cabi_crm.ui.formats"]

# Files.
STATIC_URL = "static/"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", str(bootstrap_wrapper.get_bootstrap_dir())),
]
PLAIN_STATIC = LOCAL or DEBUG  # straight from the source, without collectstatic
STATIC_ROOT = None if PLAIN_STATIC else DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = PLAIN_STATIC
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MB", default=50) * 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Browser: nothing from outside, nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        # data: because Bootstrap's own sheet draws arrows so, for the moment before ours applies.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HTTPS = not LOCAL and not DEBUG
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=HTTPS)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
# Whose address a failed log-in counts for: the one our own proxy saw, never one the client says.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cabi_crm.pages.errors.csrf_failure"

# Mail: a demo prints it. In production it carries links that open accounts, so it has no default.
vars().update(env.email_url_config(required("EMAIL_URL", "consolemail://")))
EMAIL_TIMEOUT = 20  # seconds a mail server may think about each answer
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="crm@localhost")
if MODE == "test":
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Work that waits for nobody: a queue in the database, taken by `manage.py worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Forms.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# Log lines: JSON to standard output; nothing about a person's name goes into them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "cabi_crm.pages.logs.JSONFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["console"],
        "level": env.str("LOG_LEVEL", default="WARNING" if LOCAL else "INFO"),
    },
}
