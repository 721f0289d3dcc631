"""Addresses of the panel; the token says whose it is."""

from django.urls import path

from windows.panel import views

app_name = "panel"
urlpatterns = [
    path("<str:token>", views.show, name="show"),
    path("<str:token>/code", views.code, name="code"),
    path("<str:token>/confirm", views.confirm, name="confirm"),
    path("<str:token>/yes", views.yes, name="yes"),
    path("<str:token>/leave-list", views.leave_list, name="leave_list"),
    path("<str:token>/decline", views.decline, name="decline"),
    path("<str:token>/party", views.party, name="party"),
    path("<str:token>/on-way", views.on_way, name="on_way"),
    path("<str:token>/seen", views.seen, name="seen"),
    path("<str:token>/release", views.release, name="release"),
    path("<str:token>/language", views.language, name="language"),
    path("<str:token>/window.ics", views.calendar, name="calendar"),
]
