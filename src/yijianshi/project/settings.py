"""The settings of Django, all derived from the environment; nothing else decides how a deployment behaves."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from yijianshi.integrations.embedded_postgres import connection_settings
from yijianshi.project.environment import Environment
from yijianshi.project.journal import logging_settings

ENVIRONMENT = Environment.read(os.environ)

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address] if ENVIRONMENT.address else []

INSTALLED_APPS = [
    "yijianshi.store.accounts",
    "yijianshi.store.catalogue",
    "yijianshi.store.manuscripts",
    "yijianshi.store.drafts",
    "yijianshi.store.submissions",
    "yijianshi.store.cases",
    "yijianshi.store.materials",
    "yijianshi.store.corrections",
    "yijianshi.store.rekeying",
    "yijianshi.store.results",
    "yijianshi.store.fees",
    "yijianshi.store.joint",
    "yijianshi.store.letters",
    "yijianshi.store.promises",
    "yijianshi.store.together",
    "yijianshi.store.ratings",
    "yijianshi.store.reads",
    "yijianshi.store.custody",
    "yijianshi.store.desks",
    "yijianshi.store.offers",
    "yijianshi.store.reviews",
    "yijianshi.store.examinations",
    "yijianshi.store.identity",
    "yijianshi.store.photographs",
    "yijianshi.store.deployment",
    "yijianshi.store.guards",
    "yijianshi.store.mandates",
    "yijianshi.store.hall",
    "yijianshi.store.visits",
    "yijianshi.store.practice",
    "yijianshi.store.portal",
    "yijianshi.web",
    "yijianshi.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yijianshi.project.compression.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yijianshi.web.portal.device.KioskMode",
    "yijianshi.web.errors.ErrorPages",  # last, so that its pages pass through everything above
]
ROOT_URLCONF = "yijianshi.project.urls"
WSGI_APPLICATION = "yijianshi.project.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# people and sessions
AUTH_USER_MODEL = "accounts.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = ENVIRONMENT.idle_minutes * 60
SESSION_SAVE_EVERY_REQUEST = False  # the age counts from the last page all the same: see the engine
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_production
if ENVIRONMENT.is_production:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

SESSION_ENGINE = "yijianshi.store.guards.sessions"  # its rows say whose they are and since when
SESSION_LONGEST = ENVIRONMENT.session_hours * 3600  # from the sign-in, however busy

CSRF_FAILURE_VIEW = "yijianshi.web.errors.form_expired"

# the wire
SECURE_SSL_REDIRECT = ENVIRONMENT.is_production
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.is_production else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_tls_proxy else None
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
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# what is kept
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **(ENVIRONMENT.database() or connection_settings(ENVIRONMENT.database_folder)),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": not ENVIRONMENT.prepared_statements,
    }
}
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    # Statements of the ORM are bound in the client and never prepared; those that `store` prepares itself are kept
    # by the server after their first use. None forbids it, for a proxy that pools by transaction.
    "server_side_binding": False,
    "prepare_threshold": 0 if ENVIRONMENT.prepared_statements else None,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# whose pages these are
SITE = {"government": ENVIRONMENT.government, "operator": ENVIRONMENT.operator}

# language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # shown; the database keeps instants in UTC

# static files
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.folder / "static"
MEDIA_ROOT = Path()  # uploads go through the Files port, never through a folder that the web can read
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

LOGGING = logging_settings(as_json=ENVIRONMENT.is_production)
