"""One settings file. Every value comes from the environment and is parsed strictly (wbl/env.py);
production secrets have no default. docs/deploy.md lists the variables."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from wbl import env

BASE_DIR = Path(__file__).resolve().parent.parent

# Where this installation runs
WBL_UP = env.flag("WBL_UP")  # started by `manage.py up`: local sink for mail, pages that exist only there
WBL_TEST = env.flag("WBL_TEST")
WBL_LOCAL_DIR = Path(env.text("WBL_LOCAL_DIR", str(BASE_DIR / ".wbl")))
WBL_BASE_URL = env.text("WBL_BASE_URL", "http://localhost:8000").rstrip("/")
_host = urlsplit(WBL_BASE_URL)
_secure = _host.scheme == "https"

DEBUG = env.flag("WBL_DEBUG")
SECRET_KEY = env.text("WBL_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("WBL_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = [_host.hostname or "localhost", *env.words("WBL_ALLOWED_HOSTS")]
if WBL_UP or WBL_TEST:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "testserver"]
CSRF_TRUSTED_ORIGINS = [WBL_BASE_URL]

INSTALLED_APPS = [
    "wbl.tenancy",
    "wbl.accounts",
    "wbl.files",
    "wbl.links",
    "wbl.todo",
    "wbl.continuum",
    "wbl.mail",
    "wbl.web",
    "wbl.saved",
    "wbl.home",
    "partners",
    "pathways",
    "councils",
    "placements",
    "wbl.admin_config.WblAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "django_htmx",
]

MIDDLEWARE = [
    "wbl.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "wbl.tenancy.middleware.DistrictMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wbl.web.middleware.HtmxRedirect",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "wbl.accounts.middleware.AccessMiddleware",
]

ROOT_URLCONF = "wbl.urls"
DISTRICT_URLCONF = "wbl.district_urls"
WSGI_APPLICATION = "wbl.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["wbl.web.templatetags.wbl_tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wbl.web.context.rail",
            ],
        },
    }
]

# Two roles: the application's own never owns a table (wbl/tenancy/catalog.py); psycopg's pool or PgBouncer in session mode only
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL"), conn_max_age=env.whole("WBL_CONN_MAX_AGE", 60), conn_health_checks=True
    )
}
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", "-")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "wbl.tenancy.cache.Cache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "wbl.tenancy.cache.district_key",
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_DB_REUSE_MAX = 10_000  # else Celery opens a new PostgreSQL session for every task
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = env.text("WBL_BEAT_FILE", str(WBL_LOCAL_DIR / "beat"))
WBL_BEAT_SECONDS = env.whole("WBL_BEAT_SECONDS", 20)

# Mail: bodies go through the ledger (wbl.mail), sign-in mail goes straight out. Without a mailer of its own,
# `manage.py up` has a sink on this machine and nothing can leave it.
MAILERS = {"default": env.mailer("WBL_MAILER", env.text("WBL_SMTP_URL", "smtp://127.0.0.1:1025"))}
DEFAULT_FROM_EMAIL = env.text("WBL_FROM_EMAIL", "Work-based learning <wbl@localhost.localdomain>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
WBL_INBOUND_DOMAIN = env.text("WBL_INBOUND_DOMAIN", "-").strip("-")
# the envelope's sender is each message's own reply address, so that returned mail finds it; the mail server must allow it
WBL_BOUNCES_INBOUND = bool(WBL_INBOUND_DOMAIN) and env.flag("WBL_BOUNCES_INBOUND")
ANYMAIL = env.anymail("WBL_ANYMAIL", "WBL_WEBHOOK_SECRET")
WBL_MAIL_CONNECTIONS = env.whole("WBL_MAIL_CONNECTIONS", 20)
WBL_MAIL_PER_SECOND = env.whole("WBL_MAIL_PER_SECOND", 0)
WBL_MAIL_LEASE = env.whole("WBL_MAIL_LEASE", 300)  # seconds until the mails of a worker that died are taken up again

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "wbl.accounts.backends.MembershipBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "wbl.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "wbl.accounts.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "wbl.accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # else the host in brackets
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a new password or second factor is told to the address
MFA_ADAPTER = "wbl.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _secure
MFA_FORMS = {
    "login_webauthn": "wbl.accounts.passkeys.Login",
    "authenticate_webauthn": "wbl.accounts.passkeys.SecondStep",
}
MFA_TOTP_ISSUER = "wbl"
MFA_TOTP_TOLERANCE = 1  # RFC 6238, 5.2: a code typed as the next one appears still counts; none counts twice
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
_openid = env.openid_apps("WBL_OPENID")
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": _openid}}

SESSION_ENGINE = "wbl.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_NAME = "wbl_session"
SECURE_SSL_REDIRECT = _secure and env.flag("WBL_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _secure
SECURE_REFERRER_POLICY = (
    "same-origin"  # never stricter: with no-referrer a browser posts "Origin: null", which CSRF refuses
)
if env.flag("WBL_BEHIND_PROXY"):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the limits count the visitor's address, not the proxy's
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF, *env.origins(_openid)],  # browsers ask it of redirects after a form, too
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}

# Literal and with a leading slash: a district's prefix must never be put before them
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WBL_UP or WBL_TEST or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # uploads live in rows, see wbl.files
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "wbl.web.storage.StaticStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

USE_TZ = True
TIME_ZONE = "America/Chicago"  # only where no district is known; inside one, the district's own
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", _("English")), ("es", _("Spanish"))]
FORMAT_MODULE_PATH = "wbl.formats"  # Spanish as it is written in the US; numbers in drawings depend on it
LOCALE_PATHS = [BASE_DIR / "locale"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "wbl.web.fields.Renderer"
INSTALLED_APPS.append("django.forms")
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # email is unique by lower(), which that check does not read

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "wbl.logs.JsonFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": env.text("WBL_LOG_LEVEL", "WARNING" if WBL_TEST else "INFO")},
    "loggers": {
        "django.server": {"handlers": ["out"], "propagate": False},
        "mail.log": {"level": "WARNING"},  # the sink's, which tells every connection
        "flufl.bounce": {"level": "WARNING"},  # else eighteen lines for every mail that comes in
        # the addresses of refused requests may hold a mailed link's token: wbl.logs cuts it
        "django.request": {"level": "ERROR" if WBL_TEST else "WARNING"},
    },
}
