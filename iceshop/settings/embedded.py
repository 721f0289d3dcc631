"""The bundled default: one machine, servers on Unix sockets, simulators for the outside world."""

from iceshop.settings import env, servers
from iceshop.settings.base import *  # noqa: F403
from iceshop.settings.base import PUBLIC_URL, WHATSAPP
from iceshop.settings.channels import SMS, VOICE
from iceshop.settings.logging import configure
from iceshop.settings.security import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.text(
    "ICESHOP_SECRET_KEY", group="web", effect="Signs sessions and links; bin/start makes one."
)
ALLOWED_HOSTS = ["*"]
DATABASE_URL = env.text(
    "DATABASE_URL", group="servers", effect="PostgreSQL 15 or newer; bin/start bundles one."
)
REDIS_URL = env.text(
    "REDIS_URL",
    group="servers",
    effect="Redis or Valkey, also unix:///path; bin/start bundles one.",
)
DATABASES = {"default": servers.database(DATABASE_URL, pool_size=8)}
CHANNEL_LAYERS = servers.channel_layer(REDIS_URL, prefix="iceshop")
CELERY_BROKER_URL = servers.broker(REDIS_URL)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files are served from where they lie: no collecting step between a change and the page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING = configure(as_json=False)
LOGGING_CONFIG = "logging.config.dictConfig"

SIMULATOR_ENABLED = True
WHATSAPP = {
    **WHATSAPP,
    "GRAPH_URL": env.text(
        "WHATSAPP_GRAPH_URL",
        group="whatsapp",
        effect="Address of the Cloud API; here the simulator's.",
        default=f"{PUBLIC_URL}/sim/graph",
    ),
    # The simulator's own token: it opens nothing outside this machine.
    "ACCESS_TOKEN": WHATSAPP["ACCESS_TOKEN"] or "simulator",
}
# Without a gateway of one's own SMS go to the simulated phones.
SMS = {
    **SMS,
    "URL": SMS["URL"] or f"{PUBLIC_URL}/sim/sms",
    "KEY": SMS["KEY"] or "simulator",
    "SECRETS": SMS["SECRETS"] or ("simulator",),
}
# Without an account at Vapi calls go to the simulated telephones.
if not VOICE["KEY"]:
    VOICE = {
        **VOICE,
        "URL": f"{PUBLIC_URL}/sim/voice",
        "KEY": "simulator",
        "NUMBER_ID": "simulator",
        "SECRETS": VOICE["SECRETS"] or ("simulator",),
    }
ROUND_EVERY_SECONDS = 10
# How long a seller has to answer.
ASK_ANSWER_SECONDS = 120
