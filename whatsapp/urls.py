"""URLs of the whatsapp app; the simulator's only where it may exist."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("whatsapp.webhook.urls")),
    path("", include("whatsapp.channels.urls")),
    path("", include("whatsapp.calls.urls")),
]
if settings.SIMULATOR_ENABLED:
    urlpatterns += [path("", include("whatsapp.simulator.urls"))]
