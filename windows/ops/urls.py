"""Addresses of the operator's pages."""

from django.urls import include, path

from windows.ops import views

app_name = "ops"
urlpatterns = [
    path("", views.today, name="today"),
    path("twin", views.twin, name="twin"),
    path("rounds/", include("windows.rounds.urls")),
    path("calibration", views.calibration, name="calibration"),
]
