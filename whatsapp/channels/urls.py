"""Address of the SMS gateway's reports."""

from django.urls import path

from whatsapp.channels.api import reports

urlpatterns = [path("webhooks/sms", reports, name="sms_reports")]
