"""Tests: servers that DATABASE_URL and REDIS_URL name; the tests call the drains themselves."""

import os

os.environ.setdefault("ICESHOP_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("WHATSAPP_APP_SECRET", "iceshop-test-app-secret")
os.environ.setdefault("WHATSAPP_VERIFY_TOKEN", "iceshop-test-verify-token")

from iceshop.settings import servers
from iceshop.settings.embedded import *  # noqa: F403
from iceshop.settings.embedded import DATABASE_URL, REDIS_URL

DATABASES = {"default": servers.database(DATABASE_URL, pool_size=0)}
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
CHANNEL_LAYERS = servers.channel_layer(REDIS_URL, prefix=f"test-{_worker}")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "max_retries": 0,
    "global_keyprefix": f"test-{_worker}:",
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
KICK_TASKS = False
