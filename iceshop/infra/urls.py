"""Health and what belongs to no app."""

from django.urls import path

from iceshop.infra import health
from iceshop.infra.home import views as home
from iceshop.infra.style import views as style

urlpatterns = [
    path("", home.home, name="home"),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("language/<slug:code>", style.choose_language, name="language"),
    path("offline", style.offline, name="offline"),
    path("sw.js", style.service_worker, name="service_worker"),
    path("_style/", style.overview, name="style"),
]
