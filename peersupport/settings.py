"""Settings. Every environment variable is read here, once; `dotenv-sample` lists them."""

import hashlib
import os
import tempfile
from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from jinja2 import StrictUndefined

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or ("for-trying-it-out-only-" * 3 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put one in the environment or in .env (see dotenv-sample), "
        "or set DEBUG=1 to try the site out."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
HTTPS = env.bool("HTTPS", default=not DEBUG)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

SITE_NAME = env.str("SITE_NAME", default="Alongside")
_HOST = ALLOWED_HOSTS[0] if ALLOWED_HOSTS else "localhost"
# `make run` serves on a port of its own; in production a front server has the usual one.
_PORT = f":{env.str('PORT', default='') or 8000}" if DEBUG else ""
SITE_ADDRESS = env.str("SITE_ADDRESS", default="") or f"{'http' + 's' * HTTPS}://{_HOST}{_PORT}"
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
# A host name at whose root the Open Referral feed answers, for clients that drop the path of an address.
OPEN_REFERRAL_HOST = env.str("OPEN_REFERRAL_HOST", default="")
if OPEN_REFERRAL_HOST:
    ALLOWED_HOSTS.append(OPEN_REFERRAL_HOST)
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", default="https://www.bbc.co.uk/weather")

# The site

INSTALLED_APPS = [
    "groups",
    "organisations",
    "places",
    "common",
    "peersupport.admin_config.SiteConfig",
    "crispy_forms",
    "simple_history",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "peersupport.admin_config.StaffAdminConfig",
    "peersupport.admin_config.AccountsConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Outside those that respond by themselves, so that errors and 304s of the feed have its headers too.
    "groups.open_referral.middleware.open_referral",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "peersupport.middleware.content_security_policy",
    "peersupport.middleware.permissions_policy",
    "peersupport.middleware.PublicGZipMiddleware",
    "peersupport.page_cache.middleware.PageCacheMiddleware",
    # Before those that read the session and the body.
    "peersupport.middleware.ServiceUnavailableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "peersupport.urls"
WSGI_APPLICATION = "peersupport.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peersupport.context_processors.site",
            ],
        },
    },
    {
        # For the busiest pages (ADR 32, 43, 48): templates/components/*.jinja, rendered by the tag `jinja`, and whole
        # pages that extend templates/base.jinja.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "peersupport.jinja_environment.environment",
            "context_processors": ["peersupport.context_processors.site"],
            "trim_blocks": True,
            "lstrip_blocks": True,
            "undefined": StrictUndefined,
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = ["crispy_alongside"]
CRISPY_TEMPLATE_PACK = "crispy_alongside"
CRISPY_FAIL_SILENTLY = False

# Database

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "common.sqlite3"
    # WAL lets people read while an editor saves; IMMEDIATE makes the second of two writers wait instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # A page cache of 512 KB, not 2 MB: the system has the file in memory, once for all workers.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-512;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "common.postgresql"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    # In seconds and milliseconds: a request waits this long for a server that does not respond.
    _options.setdefault("connect_timeout", 3)
    _options.setdefault("tcp_user_timeout", 3000)
    # Compiling a query to machine code takes longer than any of ours runs. PGOPTIONS would be ignored beside these.
    _options.setdefault("options", f"-c jit=off {os.environ.get('PGOPTIONS', '')}".strip())
# Opening a connection takes longer than a page; and SQLite checkpoints its log when the last one is closed.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Authentication

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "peersupport.accounts.backend.StaffBackend"]
LOGIN_URL = "admin:login"
# For a login without a valid `next` address.
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
OTP_TOTP_ISSUER = SITE_NAME
# Five wrong passwords lock an account out for one network, and for no other. The handler has the limits by network
# alone and by account alone. A refused password is neither hashed nor counted.
AXES_HANDLER = "peersupport.accounts.throttle.LoginThrottle"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "peersupport.accounts.login_throttle.attempted_username"
AXES_CLIENT_IP_CALLABLE = "peersupport.accounts.login_throttle.client_digest_of_today"
AXES_LOCKOUT_CALLABLE = "peersupport.accounts.login_throttle.lockout_response"
# A right password deletes the records of wrong ones; after the cool-off time the next login or `tidy_up` does.
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The search snapshot is reloaded in a background thread, while requests use the old one, and then frozen for the
# garbage collector (`gc.freeze`). Off in tests.
SNAPSHOT_LOADS_IN_BACKGROUND = True

# Slots for slow requests (docs/adr/0029): the number of worker processes, and the directory of the lock files.
# `gunicorn.conf.py` sets WEB_CONCURRENCY; other servers, and commands, assume the minimum.
WORKERS = int(env.str("WEB_CONCURRENCY", default="") or 3)
_CHECKOUT = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:12]
LOCK_DIR = env.str("LOCK_DIR", default="") or f"{tempfile.gettempdir()}/alongside-{os.getuid()}-{_CHECKOUT}"

# Where `manage.py serve_metrics` serves metrics for Prometheus; without it none are recorded. The folder is where the
# processes of one web server write theirs.
METRICS_ADDRESS = env.str("METRICS_ADDRESS", default="")
METRICS_DIR = env.str("METRICS_DIR", default="") or f"{LOCK_DIR}-metrics"
if METRICS_ADDRESS:
    MIDDLEWARE.insert(0, "peersupport.metrics.requests.RequestMetricsMiddleware")

# The public key of age (age1…) that `manage.py backup` encrypts to. Who has only this cannot read a backup.
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")

# E-mail

vars().update(env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="") or CONTACT_EMAIL or f"no-reply@{_HOST}"

# Language and time

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = ["peersupport.formats"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "peersupport.stylesheet.SiteStylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
HASHED_STATIC_FILES = env.bool("HASHED_STATIC_FILES", default=not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC_FILES
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Security

# Without a proxy that sets the header, a visitor could forge it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(health|ready)z$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# Staff sign in for a working day. Their cookies, and words meant for them, are not sent with public pages.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/staff/"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "peersupport.views.csrf_failure"
# Other sites do not learn which page a visitor came from; our own forms still get the Origin that they check.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
PERMISSIONS_POLICY = "geolocation=(self)"

# Nothing that people type is logged or reported: of an error its type, files and lines, and the name of the view.
if not DEBUG:
    DEFAULT_EXCEPTION_REPORTER = "peersupport.logs.BareReporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_query_strings": {"()": "peersupport.logs.NoQueryStrings"}},
    "formatters": {
        "line": {
            # With DEBUG only the developer types anything.
            "()": "logging.Formatter" if DEBUG else "peersupport.logs.BareFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_query_strings"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Its warnings name who signs in, and from where.
        "axes": {"level": "ERROR"},
    },
}
