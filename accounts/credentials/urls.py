"""Addresses of log-in and log-out."""

from django.urls import path

from accounts.credentials import views

app_name = "accounts"

urlpatterns = [
    path("log-in", views.log_in, name="log_in"),
    path("log-out", views.log_out, name="log_out"),
]
