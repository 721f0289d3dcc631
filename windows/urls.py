"""URLs of the windows app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("board/", include("windows.board.urls")),
    path("ops/", include("windows.ops.urls")),
    path("w/", include("windows.panel.urls")),
]
