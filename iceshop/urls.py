"""The whole URL map: one include an app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("iceshop.infra.urls")),
    path("", include("accounts.urls")),
    path("", include("commerce.urls")),
    path("", include("windows.urls")),
    path("", include("whatsapp.urls")),
    path("api/v1/", include("windows.api_urls")),
    path("api/v1/", include("commerce.api_urls")),
    path("", include("iceshop.infra.http.api_urls")),
    path("admin/", admin.site.urls),
]

handler400 = "iceshop.infra.http.errors.bad_request"
handler403 = "iceshop.infra.http.errors.forbidden"
handler404 = "iceshop.infra.http.errors.not_found"
handler500 = "iceshop.infra.http.errors.server_error"
