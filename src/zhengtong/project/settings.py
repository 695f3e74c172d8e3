"""Settings. Everything that differs between installations comes from the environment; docs/reference/settings.md
lists it, and a test holds that page complete. A setting that is missing where it matters stops the start.
"""

import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF

from zhengtong.project.database import databases

ROOT = Path(__file__).resolve().parents[3]
TESTING = "pytest" in sys.modules


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


PRODUCTION = env("ZHENGTONG_ENV", "demo") == "production"
DEBUG = False

ZHENGTONG_VAR = Path(env("ZHENGTONG_VAR", str(ROOT / "var")))
ZHENGTONG_CHARTER = Path(env("ZHENGTONG_CHARTER", str(ROOT / "charters" / "qingshan")))
ZHENGTONG_URL = env("ZHENGTONG_URL", "http://127.0.0.1:8000")
ZHENGTONG_FONTS = Path(env("ZHENGTONG_FONTS", str(ROOT / "node_modules" / "@embedpdf" / "fonts-sc" / "fonts")))
ZHENGTONG_CLOCK = env("ZHENGTONG_CLOCK")  # an ISO moment that holds the clock of the pages still; empty for real time
ZHENGTONG_SUITE = env("ZHENGTONG_SUITE", "ed25519-sha256")  # of ledger and seals: or sm2-sm3
ZHENGTONG_LEDGER_KEY = env("ZHENGTONG_LEDGER_KEY")  # a PKCS#11 URI; empty means a file
ZHENGTONG_WITNESSES = env("ZHENGTONG_WITNESSES")  # "key address", with commas between
ZHENGTONG_WITNESS_HOURS = float(env("ZHENGTONG_WITNESS_HOURS", "4"))  # unseen for so long, offices stop
ZHENGTONG_WITNESSED_LOGS = env("ZHENGTONG_WITNESSED_LOGS")  # the keys of the logs that this node cosigns
ZHENGTONG_SCANNER = env("ZHENGTONG_SCANNER")  # ClamAV's socket; empty means that files are not scanned

if PRODUCTION:
    SECRET_KEY = os.environ["ZHENGTONG_SECRET_KEY"]
else:
    SECRET_KEY = env("ZHENGTONG_SECRET_KEY", "demo-only-" + "x" * 50)

ALLOWED_HOSTS = env("ZHENGTONG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [ZHENGTONG_URL]

INSTALLED_APPS = [
    "zhengtong.faces.shared",
    "zhengtong.faces.account",
    "zhengtong.faces.portal",
    "zhengtong.faces.desk",
    "zhengtong.faces.counter",
    "zhengtong.faces.oversight",
    "zhengtong.faces.forum",
    "zhengtong.faces.api",
    "zhengtong.connectors.mail",
    "zhengtong.agora",
    "zhengtong.agora.assembly",
    "zhengtong.agora.ballots.ballotbox",
    "zhengtong.agora.bound",
    "zhengtong.agora.drafting",
    "zhengtong.agora.openings",
    "zhengtong.agora.proceedings",
    "zhengtong.agora.reports",
    "zhengtong.agora.subscriptions",
    "zhengtong.agora.watching",
    "zhengtong.openness",
    "zhengtong.observatory",
    "zhengtong.cases",
    "zhengtong.registry",
    "zhengtong.people.sign_in",
    "zhengtong.people",
    "zhengtong.ledger",
    "zhengtong.charter",
    "zhengtong.vault",
    "zhengtong.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "zhengtong.faces.api.plain.TlsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhengtong.faces.shared.middleware.SessionMiddleware",
    "zhengtong.faces.shared.attempts.AttemptMiddleware",
    "zhengtong.faces.shared.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "zhengtong.project.urls"
WSGI_APPLICATION = "zhengtong.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhengtong.faces.shared.context.frame",
            ],
        },
    }
]

DATABASES = databases(env("DATABASE_URL"), env("BALLOTS_DATABASE_URL"), var=ZHENGTONG_VAR)
DATABASE_ROUTERS = ["zhengtong.agora.ballots.ballotbox.router.BallotBoxRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "zhengtong.people.sign_in.passwords.NotOurName"},
    {"NAME": "zhengtong.people.sign_in.passwords.NotBreached"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "zhengtong.faces.shared.errors.stale_form"

PASSWORD_RESET_TIMEOUT = 600  # seconds that a mailed link is good
ZHENGTONG_IDLE_MINUTES = int(env("ZHENGTONG_IDLE_MINUTES", "60"))  # a session that is left alone for so long ends
ZHENGTONG_SESSION_HOURS = int(env("ZHENGTONG_SESSION_HOURS", "12"))  # and every session after so many hours
ZHENGTONG_PROOF_MINUTES = int(env("ZHENGTONG_PROOF_MINUTES", "30"))  # how long a proof of who it is carries a grave act
ZHENGTONG_IDENTITY_PROVIDERS = env("ZHENGTONG_IDENTITY_PROVIDERS")  # the file that names them; empty for none
ZHENGTONG_BREACHED_PASSWORDS = env("ZHENGTONG_BREACHED_PASSWORDS", "")  # a file of stolen passwords, by their SHA-1
ZHENGTONG_PROXIES = int(env("ZHENGTONG_PROXIES", "0"))  # trusted proxies in front, for the address of the visitor
SESSION_ENGINE = "zhengtong.people.sign_in.sessions"
SESSION_COOKIE_AGE = ZHENGTONG_SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language" if PRODUCTION else "django_language"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = PRODUCTION, True, "Lax"
CSRF_COOKIE_HTTPONLY = True  # no script of ours reads it
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "zhengtong" / "faces" / "shared" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = ZHENGTONG_VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ZHENGTONG_VAR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024  # a form; files are counted apart
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
ZHENGTONG_MAX_UPLOAD = 20 * 1024 * 1024

EMAIL_HOST = env("ZHENGTONG_SMTP_HOST")
EMAIL_PORT = int(env("ZHENGTONG_SMTP_PORT", "25"))
EMAIL_HOST_USER = env("ZHENGTONG_SMTP_USER")
EMAIL_HOST_PASSWORD = env("ZHENGTONG_SMTP_PASSWORD")
EMAIL_USE_TLS = env("ZHENGTONG_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 10
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
else:  # without a mail server letters are written to a folder, where a newcomer can read them
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = ZHENGTONG_VAR / "mail"
DEFAULT_FROM_EMAIL = env("ZHENGTONG_FROM", "zhengtong@qingshan.example")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "zhengtong.project.logs.OneLine"},
        "json": {"()": "zhengtong.project.logs.OneObject"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": env("ZHENGTONG_LOG", "line")}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"zhengtong": {"level": "INFO"}},
}
