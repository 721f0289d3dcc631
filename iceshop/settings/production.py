"""Production: anybody's PostgreSQL, Redis and workers; unsafe values are refused by name."""

from django.core.exceptions import ImproperlyConfigured

from iceshop.settings import env, servers
from iceshop.settings.base import *  # noqa: F403
from iceshop.settings.base import API_SANDBOX_OPEN, PUBLIC_URL, WHATSAPP
from iceshop.settings.logging import configure
from iceshop.settings.security import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.text("ICESHOP_SECRET_KEY", group="web", effect="Signs sessions and links.")
SECRET_KEY_FALLBACKS = env.words(
    "ICESHOP_OLD_SECRET_KEYS", group="web", effect="Former keys whose signatures still count."
)
ALLOWED_HOSTS = env.words(
    "ICESHOP_ALLOWED_HOSTS", group="web", effect="Host names that are answered, by comma."
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATABASE_URL = env.text("DATABASE_URL", group="servers", effect="PostgreSQL 15 or newer.")
REDIS_URL = env.text("REDIS_URL", group="servers", effect="Redis or Valkey.")
POOL_SIZE = env.number(
    "ICESHOP_DB_POOL",
    group="servers",
    effect="Database connections a process may hold; 0 for prefork workers, which cannot pool.",
    default=10,
)
DATABASES = {"default": servers.database(DATABASE_URL, pool_size=POOL_SIZE)}
CHANNEL_LAYERS = servers.channel_layer(REDIS_URL, prefix="iceshop")
CELERY_BROKER_URL = servers.broker(REDIS_URL)
CELERY_DB_REUSE_MAX = 100
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "iceshop.infra.style.storage.HashedStorage"},
}
LOGGING = configure(as_json=True)
LOGGING_CONFIG = "logging.config.dictConfig"
ROUND_EVERY_SECONDS = env.number(
    "ICESHOP_ROUND_SECONDS", group="engine", effect="How often the engine decides.", default=30
)

ASK_ANSWER_SECONDS = env.number(
    "ICESHOP_ASK_ANSWER_SECONDS",
    group="engine",
    effect="How long a seller has to answer an ask.",
    default=600,
)

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SIMULATOR_ENABLED = False


def _refuse_unsafe() -> None:
    """Stop with the name of the first variable whose value must not go into production."""
    checks = {
        "ICESHOP_SECRET_KEY": len(SECRET_KEY) < 50 or SECRET_KEY.startswith("only-for-tests"),
        "ICESHOP_ALLOWED_HOSTS": not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS,
        "ICESHOP_PUBLIC_URL": not PUBLIC_URL.startswith("https://"),
        "WHATSAPP_APP_SECRET": not WHATSAPP["APP_SECRETS"],
        "WHATSAPP_VERIFY_TOKEN": not WHATSAPP["VERIFY_TOKEN"],
        "WHATSAPP_ACCESS_TOKEN": WHATSAPP["ACCESS_TOKEN"] in ("", "simulator"),
        "WHATSAPP_GRAPH_URL": not str(WHATSAPP["GRAPH_URL"]).startswith("https://")
        or "/sim/" in str(WHATSAPP["GRAPH_URL"]),
        "ICESHOP_API_SANDBOX": API_SANDBOX_OPEN,
        "ICESHOP_SIMULATOR": env.flag(
            "ICESHOP_SIMULATOR",
            group="whatsapp",
            effect="The simulator cannot be switched on in production; any 1 here is refused.",
            default=False,
        ),
    }
    for name, is_unsafe in checks.items():
        if is_unsafe:
            raise ImproperlyConfigured(f"{name} is missing or unsafe for production.")


_refuse_unsafe()
