"""The commerce app's part of the published API."""

from django.urls import path

from commerce.offers.api import SellerTriggerView

urlpatterns = [path("seller/trigger", SellerTriggerView.as_view(), name="seller_trigger")]
