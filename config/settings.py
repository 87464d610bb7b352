"""Settings, read from the environment. Secrets come from nowhere else; production refuses what is only good for trying out."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import pghistory
from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from config.weak_secrets import (
    SHORTEST_SECRET,
    host_of,
    is_first_tried,
    is_of_the_internet,
    is_sample,
    is_weak_key,
    sign_in_of,
)

BASE_DIR = Path(__file__).resolve().parent.parent
SHORTEST_CLIENT_SECRET = 20  # characters; providers make them of 32 and more


def switch(name: str, default: bool) -> bool:
    """A yes/no environment variable; a sentence for anything else."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if value == "" else value in ("1", "true", "yes", "on")
    raise ImproperlyConfigured(f"{name} is “{value}”; write yes or no.")


def number(name: str, default: int, least: int, most: int) -> int:
    """A whole-number environment variable within bounds; a sentence for anything else."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; write a whole number from {least} to {most}."
        )
    return int(value)


def choice(name: str, default: str, *known: str) -> str:
    """An environment variable that is one of a few words; a sentence for anything else."""
    value = os.environ.get(name, "").strip() or default
    for word in known:
        if value.lower() == word.lower():
            return word
    raise ImproperlyConfigured(
        f"{name} is “{value}”; write {', '.join(known[:-1])} or {known[-1]}."
    )


ENVIRONMENT = choice("MERIDIAN_ENV", "local", "local", "production")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = switch("DEBUG", False)
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()
BASE_URL = (
    os.environ.get("BASE_URL") or f"http://127.0.0.1:{number('PORT', 8000, 1, 65535)}"
).rstrip("/")


def secret_key() -> str:
    """The environment's key; for a local trial one made once and kept in the data folder."""
    given = os.environ.get("SECRET_KEY", "")
    if given or PRODUCTION:
        return given
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        try:
            DATA_DIR.mkdir(parents=True, exist_ok=True)
            kept.touch(0o600)
            kept.write_text(secrets.token_urlsafe(64))
        except OSError as error:
            raise ImproperlyConfigured(
                f"Meridian cannot write to {DATA_DIR} ({error.strerror}). Set DATA_DIR to a folder that you may write to."
            ) from error
    return kept.read_text().strip()


def clamav() -> str:
    """Where the virus scanner listens; nothing where none is set. Raises ImproperlyConfigured for what is neither a socket's path nor host:port."""
    address = os.environ.get("CLAMAV", "").strip().removeprefix("unix:")
    host, _colon, port = address.rpartition(":")
    if (
        address
        and not address.startswith("/")
        and not (
            host and "/" not in host and port.isascii() and port.isdigit() and 0 < int(port) < 65536
        )
    ):
        raise ImproperlyConfigured(
            f"CLAMAV is “{address}”; write host:port, such as clamav:3310, or the path of a Unix socket."
        )
    return address


OIDC = {
    "OIDC_ISSUER": os.environ.get("OIDC_ISSUER", "")
    .strip()
    .removesuffix("/.well-known/openid-configuration")
    .rstrip("/"),
    "OIDC_CLIENT_ID": os.environ.get("OIDC_CLIENT_ID", "").strip(),
    "OIDC_CLIENT_SECRET": os.environ.get("OIDC_CLIENT_SECRET", "").strip(),
    "OIDC_NAME": os.environ.get("OIDC_NAME", "").strip(),
}
OIDC_SECOND_FACTOR = choice(
    "OIDC_SECOND_FACTOR", "here", "here", "provider"
)  # where who comes by single sign-on meets the second step


def sign_on_providers() -> dict[str, Any]:
    """The OpenID Connect provider of the environment, as allauth describes it; nothing where none is set.

    Raises ImproperlyConfigured, naming what is missing of a provider that is only half described.
    """
    missing = [name for name, value in OIDC.items() if not value]
    if len(missing) == len(OIDC):
        return {}
    if missing:
        raise ImproperlyConfigured(
            f"Single sign-on is only half set: {', '.join(missing)} missing. Set all of {', '.join(OIDC)}, or none."
        )
    if (
        not OIDC["OIDC_ISSUER"].startswith(("https://", "http://"))
        or "?" in OIDC["OIDC_ISSUER"]
        or "#" in OIDC["OIDC_ISSUER"]
    ):
        raise ImproperlyConfigured(
            f"OIDC_ISSUER is “{OIDC['OIDC_ISSUER']}”; write the provider's address, such as https://login.example.org."
        )
    app = {
        "provider_id": "sso",  # in the address to which the provider sends people back
        "name": OIDC["OIDC_NAME"],
        "client_id": OIDC["OIDC_CLIENT_ID"],
        "secret": OIDC["OIDC_CLIENT_SECRET"],
        "settings": {"server_url": OIDC["OIDC_ISSUER"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def database_parts() -> dict[str, Any]:
    """DATABASE_URL as libpq itself takes it apart. Raises ImproperlyConfigured."""
    try:
        return conninfo_to_dict(os.environ.get("DATABASE_URL") or "postgresql:///meridian")
    except ProgrammingError:  # whose own words repeat the password
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read; write postgresql://user:password@host:5432/name."
        ) from None


def sample_passwords() -> list[str]:
    """A sentence for each of database and broker whose password somebody would try first. Where none is set, another proof is meant."""
    parts = database_parts()
    found = {
        "DATABASE_URL": (str(parts.get("user") or ""), str(parts.get("password") or "")),
        "REDIS_URL": sign_in_of(os.environ.get("REDIS_URL", "")),
    }
    return [
        f"{name} holds a sample password."
        for name, (user, password) in found.items()
        if password and is_first_tried(user, password)
    ]


def unfit_addresses() -> list[str]:
    """A sentence for each address or host that production cannot serve from."""
    wrong = []
    if "*" in ALLOWED_HOSTS:
        wrong.append("ALLOWED_HOSTS is “*”; name the hosts that people type.")
    if os.environ.get("BASE_URL") and not (BASE_URL.startswith("https://") and host_of(BASE_URL)):
        wrong.append(
            f"BASE_URL is “{BASE_URL}”; write the address that people type, with https://."
        )
    if OIDC["OIDC_ISSUER"].startswith("http://"):
        wrong.append("OIDC_ISSUER begins with http://; single sign-on needs https://.")
    return wrong


def refuse_unsafe_production() -> None:
    """Raises ImproperlyConfigured, naming every variable that is missing or only fit for a trial."""
    wrong = []
    if DEBUG:
        wrong.append("DEBUG is on; switch it off.")
    if is_weak_key(SECRET_KEY):
        how = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        wrong.append(
            f"SECRET_KEY is missing, a sample or shorter than {SHORTEST_SECRET} characters; make one with `{how}`."
        )
    if any(is_weak_key(key) for key in SECRET_KEY_FALLBACKS):
        wrong.append(
            f"SECRET_KEY_FALLBACKS holds a sample or a key shorter than {SHORTEST_SECRET} characters: it would still be believed; take it away."
        )
    wrong += [
        f"{name} is not set."
        for name in ("DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_HOST")
        if not os.environ.get(name)
    ]
    wrong += sample_passwords()
    if OIDC["OIDC_CLIENT_SECRET"] and (
        len(OIDC["OIDC_CLIENT_SECRET"]) < SHORTEST_CLIENT_SECRET
        or is_sample(OIDC["OIDC_CLIENT_SECRET"])
    ):
        wrong.append(
            f"OIDC_CLIENT_SECRET is a sample or shorter than {SHORTEST_CLIENT_SECRET} characters; have the provider make one."
        )
    wrong += unfit_addresses()
    if wrong:
        raise ImproperlyConfigured("Not started in production: " + " ".join(wrong))


def refuse_public_trial() -> None:
    """Raises ImproperlyConfigured where a trial, which speaks plain HTTP and knows sample passwords, is given an address of the internet."""
    host = host_of(BASE_URL)
    if is_of_the_internet(host):
        raise ImproperlyConfigured(
            f"BASE_URL names “{host}”, which others can reach, and MERIDIAN_ENV is local, which is for trying out on one machine. "
            "Set MERIDIAN_ENV=production, or a BASE_URL with localhost or an address of a private network."
        )


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = [
    k.strip() for k in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if k.strip()
]  # former ones, while sessions and encrypted rows still bear them
ALLOWED_HOSTS = [
    h.strip()
    for h in os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    if h.strip()
]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if PRODUCTION else []
if PRODUCTION:
    refuse_unsafe_production()
else:
    refuse_public_trial()

INSTALLED_APPS = [
    # the lower first: history is set up while models are imported, and needs the models of the app below complete
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
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "accounts.middleware.CountryRoleMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
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


def database() -> dict[str, Any]:
    """Django's description of DATABASE_URL."""
    parts = database_parts()
    options = {
        k: v for k, v in parts.items() if k not in ("dbname", "user", "password", "host", "port")
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "meridian"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES = {"default": database()}
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
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
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
ACCOUNT_FORMS = {"reset_password": "accounts.password_reset.PasswordResetForm"}
MFA_ADAPTER = "accounts.second_factor.EncryptingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {
    "webauthn_login": "30/m/ip"
}  # two requests each; as many people behind one address as by password
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
SECOND_FACTOR_REQUIRED = switch(
    "SECOND_FACTOR_REQUIRED", PRODUCTION
)  # of officers, managers and administrators
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.InvitedOnly"
SOCIALACCOUNT_PROVIDERS = sign_on_providers()
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
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", 0, 0, 10)

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
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
CLAMAV = clamav()
ATTACHMENT_MOST_BYTES = number("ATTACHMENT_MOST_MB", 10, 1, 100) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = number("EMAIL_PORT", 587, 1, 65535)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = switch("EMAIL_USE_TLS", True)
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
        ("HTTP_X_FORWARDED_PROTO", "https") if switch("BEHIND_TLS_PROXY", True) else None
    )
    SECURE_SSL_REDIRECT = switch("SSL_REDIRECT", True)
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

WEBHOOK_PRIVATE_NETWORKS = switch(
    "WEBHOOK_PRIVATE_NETWORKS", not PRODUCTION
)  # whether reports may be announced inside of them
CALLS_PER_MINUTE = number("CALLS_PER_MINUTE", 600, 60, 1_000_000)  # of one person
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
    "DESCRIPTION": "Requests for technical assistance, the engagements that answer them, and the progress reports on both.",
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
        "ReportState": "reports.schedules.models.Report.State",
        "ReportFormat": "reports.schedules.models.Format",
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
        "level": choice("LOG_LEVEL", "INFO", "DEBUG", "INFO", "WARNING", "ERROR"),
    },
}
