"""The windows app's part of the published API."""

from django.urls import path

from windows.intents.api import BuyerTriggerView
from windows.partners.api import CheckInView, WindowCreateView, WindowListView, WindowView
from windows.rounds.api import OpportunitiesView

urlpatterns = [
    path("buyer/trigger", BuyerTriggerView.as_view(), name="buyer_trigger"),
    path("campaigns/opportunities", OpportunitiesView.as_view(), name="opportunities"),
    path("flash-window/create", WindowCreateView.as_view(), name="window_create"),
    path("windows", WindowListView.as_view(), name="window_list"),
    path("windows/<str:window_id>", WindowView.as_view(), name="window_show"),
    path("windows/<str:window_id>/check-ins", CheckInView.as_view(), name="window_check_in"),
]
