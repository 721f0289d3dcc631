"""Pages about the published API: the schema, Swagger UI, and what a problem's code means."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from iceshop.infra.http.wording import codes


class SchemaView(SpectacularAPIView):
    """The API as OpenAPI, YAML or JSON by the Accept header."""


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from this installation's own files; its script comes as a file of its own."""

    url_name = "api_schema"
    template_name = "docs/swagger_ui.html"


@require_GET
def problem_type(request: HttpRequest, code: str) -> JsonResponse:
    """What a problem document's ``type`` stands for."""
    if code not in codes():
        raise Http404
    return JsonResponse({"code": code, "title": codes()[code]})
