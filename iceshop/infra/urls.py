"""Health and what belongs to no app."""

from django.urls import path

from iceshop.infra import health

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
]
