"""Settings, read from the environment.

Secrets come from nowhere else; production refuses what is only good for trying out.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pghistory

from config.environment import (
    clamav_address,
    database_settings,
    env_choice,
    env_number,
    env_switch,
    public_database_settings,
    secret_key,
    sign_on_providers,
)
from config.refusals import Given, refuse_public_trial, refuse_unsafe_production

BASE_DIR = Path(__file__).resolve().parent.parent


ENVIRONMENT = env_choice("MERIDIAN_ENV", "local", "local", "production")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env_switch("DEBUG", False)
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()
BASE_URL = (
    os.environ.get("BASE_URL") or f"http://127.0.0.1:{env_number('PORT', 8000, 1, 65535)}"
).rstrip("/")


OIDC = {
    "OIDC_ISSUER": (
        os.environ.get("OIDC_ISSUER", "")
        .strip()
        .removesuffix("/.well-known/openid-configuration")
        .rstrip("/")
    ),
    "OIDC_CLIENT_ID": os.environ.get("OIDC_CLIENT_ID", "").strip(),
    "OIDC_CLIENT_SECRET": os.environ.get("OIDC_CLIENT_SECRET", "").strip(),
    "OIDC_NAME": os.environ.get("OIDC_NAME", "").strip(),
}
# where who comes by single sign-on meets the second step
OIDC_SECOND_FACTOR = env_choice("OIDC_SECOND_FACTOR", "here", "here", "provider")


SECRET_KEY = secret_key(DATA_DIR, PRODUCTION)
# former ones, while sessions and encrypted rows still bear them
SECRET_KEY_FALLBACKS = [
    k.strip() for k in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if k.strip()
]
ALLOWED_HOSTS = [
    h.strip()
    for h in os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    if h.strip()
]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if PRODUCTION else []
if PRODUCTION:
    refuse_unsafe_production(
        Given(DEBUG, SECRET_KEY, SECRET_KEY_FALLBACKS, ALLOWED_HOSTS, BASE_URL, OIDC)
    )
else:
    refuse_public_trial(BASE_URL)

INSTALLED_APPS = [
    # the lower first: history is set up while models are imported, and needs the models of the app
    # below complete
    "core.apps.CoreConfig",
    "accounts.apps.AccountsConfig",
    "audit.apps.AuditConfig",
    "notifications.apps.NotificationsConfig",
    "files.apps.FilesConfig",
    "countries.apps.CountriesConfig",
    "assistance.apps.AssistanceConfig",
    "reports.apps.ReportsConfig",
    "portal.apps.PortalConfig",
    "sample.apps.SampleConfig",
    "benchmark.apps.BenchmarkConfig",
    "config.apps.ConfigConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "accounts.security_log.SecurityLogMiddleware",
    "config.headers.HeadersMiddleware",  # before what answers by itself, so that its answers bear the policies too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # slow lines; pads what it compresses, against BREACH
    "portal.public.middleware.PublicPagesMiddleware",  # before all that knows a visitor
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.session_limits.SessionLimitsMiddleware",
    "accounts.middleware.LanguageAndZoneMiddleware",
    "config.middleware.limit_bodies",
    "core.throttling.limit_calls",
    "audit.context.RecordingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.drafts.middleware.LateFormMiddleware",  # before who is not signed in is sent away
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "accounts.middleware.CountryRoleMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, object]] = [
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
                "accounts.context_processors.page_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "core.templatetags.core",
                "assistance.templatetags.assistance",
            ],
        },
    }
]


# of the role through which strangers read; without one the embedded database lets it in, another
# does not, and there are no public pages
PUBLIC_DATABASE_PASSWORD = os.environ.get("PUBLIC_DATABASE_PASSWORD", "")
HAS_PUBLIC_PAGES = bool(PUBLIC_DATABASE_PASSWORD) or not PRODUCTION
DATABASES = {
    "default": database_settings(),
    "public": public_database_settings(PUBLIC_DATABASE_PASSWORD),
}
DATABASE_ROUTERS = ["config.database.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "config.caches.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "meridian",
    }
}
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_APPEND_ONLY = True  # triggers refuse to change or delete history
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [  # of any composition: no rule on kinds of characters
    {"NAME": name, "OPTIONS": options}
    for name, options in (
        ("django.contrib.auth.password_validation.UserAttributeSimilarityValidator", {}),
        ("django.contrib.auth.password_validation.MinimumLengthValidator", {"min_length": 12}),
        ("django.contrib.auth.password_validation.CommonPasswordValidator", {}),
        ("accounts.password_validation.PlaceWordsValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.SignInForm",
    "reset_password": "accounts.password_reset.PasswordResetForm",
}
MFA_ADAPTER = "accounts.second_factor.EncryptingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# two requests each; as many people behind one address as by password
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
MFA_FORMS = {
    "activate_totp": "accounts.second_factor.ActivateForm",
    "add_webauthn": "accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "accounts.passkeys.RenamePasskeyForm",
    "login_webauthn": "accounts.passkeys.LoginForm",
    "authenticate_webauthn": "accounts.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "accounts.passkeys.ReauthenticateForm",
}
MFA_TOTP_ISSUER = "Meridian"
MFA_ALLOW_UNVERIFIED_EMAIL = (
    True  # addresses are given by the administrator, not claimed by strangers
)
# of officers, managers and administrators
SECOND_FACTOR_REQUIRED = env_switch("SECOND_FACTOR_REQUIRED", PRODUCTION)
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.InvitedOnly"
SOCIALACCOUNT_PROVIDERS = sign_on_providers(OIDC)
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # accounts.single_sign_on decides whose address it is
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env_number("TRUSTED_PROXY_COUNT", 0, 0, 10)

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or DATA_DIR / "static").resolve()
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
CLAMAV = clamav_address()
ATTACHMENT_MOST_BYTES = env_number("ATTACHMENT_MOST_MB", 10, 1, 100) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = env_number("EMAIL_PORT", 587, 1, 65535)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_switch("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20  # seconds
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Meridian <meridian@localhost>")

SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script reads it
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = (
        ("HTTP_X_FORWARDED_PROTO", "https") if env_switch("BEHIND_TLS_PROXY", True) else None
    )
    SECURE_SSL_REDIRECT = env_switch("SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
        "__Host-sessionid",
        "__Host-csrftoken",
        "__Host-language",
    )

# whether reports may be announced inside of them
WEBHOOK_PRIVATE_NETWORKS = env_switch("WEBHOOK_PRIVATE_NETWORKS", not PRODUCTION)
# whether links of tools are looked at once a week: an installation may have no way to the internet
CHECK_LINKS = env_switch("CHECK_LINKS", False)
CALLS_PER_MINUTE = env_number("CALLS_PER_MINUTE", 600, 60, 1_000_000)  # of one person
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["core.throttling.PerUserThrottle"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.KeysetPagination",
    "PAGE_SIZE": 25,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "core.api.parsers.BoundedJSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "EXCEPTION_HANDLER": "core.api.exceptions.problem_details_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Meridian",
    "DESCRIPTION": (
        "Requests for technical assistance, the engagements that answer them, and the progress"
        " reports on both."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.schema.with_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "Turn": "assistance.requests.states.Turn",
        "AssistanceType": "assistance.requests.choices.AssistanceType",
        "NeedKind": "assistance.requests.action_serializers.KINDS",
        "InstitutionKind": "countries.institutions.models.InstitutionKind",
        "RequestState": "assistance.requests.states.State",
        "ReportState": "reports.reports.models.Report.State",
        "SearchKind": "portal.search.services.KIND_CHOICES",
        "ReportFormat": "reports.documents.choices.Format",
    },
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 1800  # seconds
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 5,
    "queue_order_strategy": "priority",
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        },
        "json": {"format": "%(message)s"},  # the security log brings its own time
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "security": {"class": "logging.StreamHandler", "formatter": "json"},
    },
    "loggers": {
        "meridian.security": {"handlers": ["security"], "level": "INFO", "propagate": False}
    },  # whatever LOG_LEVEL says
    "root": {
        "handlers": ["stderr"],
        "level": env_choice("LOG_LEVEL", "INFO", "DEBUG", "INFO", "WARNING", "ERROR"),
    },
}
