"""The description of the published API, and what stands under its addresses without a view."""

from django.urls import path, re_path

from iceshop.infra.http import docs
from iceshop.infra.http.api import NoSuchAddress

urlpatterns = [
    path("docs", docs.DocsView.as_view(), name="api_docs"),
    path("api/schema/", docs.SchemaView.as_view(), name="api_schema"),
    path("problems/<str:code>", docs.problem_type, name="problem_type"),
    re_path(r"^api/", NoSuchAddress.as_view()),
]
