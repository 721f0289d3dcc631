"""Addresses of the accounts app."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("accounts.credentials.urls"))]
