"""Addresses of the product pages."""

from django.urls import path

from commerce.offers import views

app_name = "products"

urlpatterns = [
    path("", views.show_list, name="list"),
    path("/add/<uuid:store_id>", views.add, name="add"),
    path("/<uuid:offering_id>", views.edit, name="edit"),
    path("/<uuid:offering_id>/switch", views.switch, name="switch"),
]
