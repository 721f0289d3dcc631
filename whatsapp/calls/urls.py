"""Address of Vapi's server messages."""

from django.urls import path

from whatsapp.calls.api import server_message

urlpatterns = [path("webhooks/voice", server_message, name="voice_messages")]
