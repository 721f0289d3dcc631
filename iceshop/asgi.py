"""HTTP and WebSocket."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iceshop.settings")
_http = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  after Django is set up
from django.urls import path  # noqa: E402

from iceshop.infra.realtime.consumer import LiveConsumer  # noqa: E402

application = ProtocolTypeRouter(
    {"http": _http, "websocket": URLRouter([path("ws/live", LiveConsumer.as_asgi())])}
)
