"""Addresses of the commerce app."""

from django.urls import include, path

urlpatterns = [
    path("board/products", include("commerce.offers.urls")),
    path("board/shops", include("commerce.places.urls")),
]
