"""Addresses of the shop's own page."""

from django.urls import path

from commerce.places import views

app_name = "shops"

urlpatterns = [
    path("/add", views.add, name="add"),
    path("/<uuid:store_id>", views.edit, name="edit"),
    path("/<uuid:store_id>/switch", views.switch, name="switch"),
]
