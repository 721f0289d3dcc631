"""Address of the webhook; no slash at its end, since the platform does not follow redirects."""

from django.urls import path

from whatsapp.webhook.api import WebhookView

urlpatterns = [path("webhooks/whatsapp", WebhookView.as_view(), name="webhook")]
