"""Addresses of the simulator."""

from django.urls import path, re_path

from whatsapp.simulator.views import api, graph, page, sms, voice

VERSION = r"^sim/graph/(?:v\d+\.\d+/)?"

urlpatterns = [
    path("sim/", page.play, name="simulator"),
    path("sim/feed", page.feed, name="simulator_feed"),
    path("sim/write", page.write, name="simulator_write"),
    path("sim/phones", page.add_phone, name="simulator_add_phone"),
    path("sim/clock", page.set_clock, name="simulator_clock"),
    re_path(VERSION + r"attachments/$", graph.attachment),
    re_path(VERSION + r"(?P<number_id>\d+)/messages/?$", graph.messages),
    re_path(VERSION + r"(?P<number_id>\d+)/media/?$", graph.upload),
    re_path(VERSION + r"(?P<account_id>\d+)/message_templates/?$", graph.templates),
    re_path(VERSION + r"(?P<account_id>\d+)/subscribed_apps/?$", graph.subscribed_apps),
    re_path(VERSION + r"(?P<object_id>\d+)/?$", graph.number),
    path("sim/sms/messages", sms.messages),
    path("sim/voice/call", voice.call),
    path("sim/api/config", api.config),
    path("sim/api/people", api.people),
    path("sim/api/people/<str:address>/messages", api.messages),
    path("sim/api/deliveries", api.deliveries),
    path("sim/api/faults", api.faults),
    path("sim/api/clock", api.product_clock),
]
