"""What holds in every environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from celery.schedules import schedule  # noqa: F401  loaded early: its import is slow in a request

from iceshop.settings import env
from iceshop.settings.channels import SMS, VOICE  # noqa: F401  part of base
from iceshop.settings.privacy import KEEP_WORDS_DAYS  # noqa: F401  part of base
from iceshop.settings.providers import LANGUAGE_MODEL, SPEECH, SPOKEN  # noqa: F401  part of base

BASE_DIR = Path(__file__).resolve().parents[2]

PUBLIC_URL = env.text(
    "ICESHOP_PUBLIC_URL",
    group="web",
    effect="Address at which people reach this installation; links in messages begin with it.",
    default="http://127.0.0.1:8000",
).rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "channels",
    # The two "Simple" configurations leave the loaders to TEMPLATES below; with both packages'
    # automatic ones, components would come out as plain text without an error.
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "iceshop.infra",
    "accounts",
    "commerce",
    "windows",
    "whatsapp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "iceshop.infra.http.middleware.RequestContextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "iceshop.urls"
ASGI_APPLICATION = "iceshop.asgi.application"
WSGI_APPLICATION = "iceshop.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.StaffUser"
LOGIN_URL = "accounts:log_in"
LOGIN_REDIRECT_URL = "/board/"
LOGOUT_REDIRECT_URL = "/"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "iceshop.infra.templatetags.iceshop",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iceshop.infra.http.context.page_context",
            ],
        },
    }
]

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "tr"
LANGUAGES = [("tr", "Türkçe"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# The platform posts bodies of up to 3 MB; the webhook reads its own bytes and checks its own limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024 + 1

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "iceshop.infra.http.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Iceshop",
    "DESCRIPTION": "Demand that organises itself: intents in, flash purchase windows out.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "PREPROCESSING_HOOKS": ["iceshop.infra.http.schema.published_only"],
    "SORT_OPERATIONS": False,
}

# The published API: what one token may ask at once, and a second in the long run.
API_BURST = env.number(
    "ICESHOP_API_BURST",
    group="web",
    effect="Requests that an API token may send at once.",
    default=300,
)
API_PER_SECOND = env.number(
    "ICESHOP_API_PER_SECOND",
    group="web",
    effect="Requests a second that an API token may send in the long run.",
    default=50,
)
# Whether the published API answers without a token, as house; production refuses it.
API_SANDBOX_OPEN = env.flag(
    "ICESHOP_API_SANDBOX",
    group="web",
    effect="1 lets everybody use the published API without a token; refused in production.",
    default=False,
)

# WhatsApp: what the gateway needs to reach the platform (or its simulator).
WHATSAPP: dict[str, Any] = {
    "GRAPH_URL": env.text(
        "WHATSAPP_GRAPH_URL",
        group="whatsapp",
        effect="Address of the Cloud API.",
        default="https://graph.facebook.com",
    ).rstrip("/"),
    "API_VERSION": env.text(
        "WHATSAPP_API_VERSION",
        group="whatsapp",
        effect="Version of the Graph API.",
        default="v25.0",
    ),
    "PHONE_NUMBER_ID": env.text(
        "WHATSAPP_PHONE_NUMBER_ID",
        group="whatsapp",
        effect="Id of the sending number.",
        default="210987654321098",
    ),
    "ACCOUNT_ID": env.text(
        "WHATSAPP_ACCOUNT_ID",
        group="whatsapp",
        effect="Id of the WhatsApp Business account.",
        default="301122334455667",
    ),
    "ACCESS_TOKEN": env.text(
        "WHATSAPP_ACCESS_TOKEN", group="whatsapp", effect="System user's token.", default=""
    ),
    "APP_SECRETS": env.words(
        "WHATSAPP_APP_SECRET",
        group="whatsapp",
        effect="App secrets that sign webhooks, current first; without one all posts are refused.",
    ),
    "VERIFY_TOKEN": env.text(
        "WHATSAPP_VERIFY_TOKEN",
        group="whatsapp",
        effect="Token of the webhook handshake; without it every handshake is refused.",
        default="",
    ),
    "NUMBER": env.text(
        "WHATSAPP_NUMBER",
        group="whatsapp",
        effect="Number that people write to, digits only; shown on the start page.",
        default="908500000100",
    ),
    "MEDIA_HOSTS": env.words(
        "WHATSAPP_MEDIA_HOSTS",
        group="whatsapp",
        effect="Hosts from which recordings are fetched with the token, by comma.",
        default="lookaside.fbsbx.com",
    ),
}

# How long it is kept what a round knew; its decisions and reasons stay.
ROUND_RECORD_DAYS = env.number(
    "ICESHOP_ROUND_RECORD_DAYS",
    group="engine",
    effect="Days that a decided round can be played again.",
    default=14,
)

# How many workers decide at once; each takes other parts of the market.
ROUND_WORKERS = env.number(
    "ICESHOP_ROUND_WORKERS",
    group="engine",
    effect="Workers of the queue `decide` that share a round; no more than there are processes.",
    default=1,
)
# Makes the seeds of lots repeatable where a city is played; elsewhere they are made at random.
LOT_KEY = ""

# Whether services send Celery tasks after a commit. Off where one process calls the drains itself.
KICK_TASKS = True
# Whether the stand-in for the Cloud API exists; production refuses it.
SIMULATOR_ENABLED = False

CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
    # Longer than the longest task and any countdown, short enough that a lost worker's tasks
    # return.
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # Whoever sends a task tries once and does not wait for a broker that is gone (six seconds
    # otherwise, in the request that wrote the row): the sweep repairs.
    "max_retries": 0,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "slow"
CELERY_TASK_ROUTES = {
    "whatsapp.conversation.*": {"queue": "interactive"},
    "whatsapp.simulator.*": {"queue": "interactive"},
    "infra.outbox.*": {"queue": "notify"},
    "whatsapp.messaging.*": {"queue": "notify"},
    "windows.*": {"queue": "decide"},
    "infra.heartbeat": {"queue": "interactive"},
}
