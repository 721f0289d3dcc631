"""Addresses of the pages about rounds, under the operator's."""

from django.urls import path

from windows.rounds import views

urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("mode", views.switch_mode, name="mode"),
    path("decisions/<uuid:decision_id>", views.show_decision, name="decision"),
    path("<uuid:round_id>", views.show_round, name="round"),
    path("<uuid:round_id>/export", views.export, name="round_export"),
]
