from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts.identity.tests.factories import NOON
from accounts.orgs.tests.factories import SellerOrganisationFactory
from accounts.tokens import services
from accounts.tokens.authentication import BearerTokenAuthentication, HasScope
from accounts.tokens.domain import Scope
from accounts.tokens.models import ApiToken
from accounts.tokens.queries import TokenPrincipal, principal_of
from iceshop.infra.audit.models import AuditFact
from iceshop.infra.db import violated_constraint
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


class _Echo(APIView):
    authentication_classes = [BearerTokenAuthentication]
    permission_classes = [HasScope.of(Scope.BUYER_WRITE)]

    def get(self, request: Request) -> Response:
        principal = request.auth
        assert isinstance(principal, TokenPrincipal)
        return Response({"name": principal.name})


def issue(*scopes: str, **more: Any) -> str:
    return services.issue_token(name="kiosk", scopes=scopes or ("buyer:write",), now=NOON, **more)


def call(header: str | None) -> Response:
    request = APIRequestFactory().get("/")
    if header is not None:
        request.META["HTTP_AUTHORIZATION"] = header
    response = _Echo.as_view()(request)
    assert isinstance(response, Response)
    return response


def test_token_is_shown_once_and_stored_as_a_digest() -> None:
    organisation = SellerOrganisationFactory.create()
    plain = issue("windows:read", "buyer:write", organisation_id=organisation.pk)
    row = ApiToken.objects.get()
    assert plain not in (row.digest, row.prefix, row.name)
    assert plain.startswith(row.prefix)
    principal = principal_of(plain)
    assert principal is not None
    assert (principal.id, principal.organisation_id) == (row.pk, organisation.pk)
    assert principal.scopes == {"buyer:write", "windows:read"}
    assert "digest" not in str(AuditFact.objects.get(action="token.issued").facts)


@pytest.mark.parametrize(
    ("name", "scopes", "code"),
    [
        ("kiosk", [], "token.scope"),
        ("kiosk", ["all"], "token.scope"),
        (" ", ["buyer:write"], "token.name_missing"),
    ],
)
def test_unfit_token_is_refused(name: str, scopes: list[str], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        services.issue_token(name=name, scopes=scopes, now=NOON)


def test_request_with_a_token_of_the_scope_passes() -> None:
    response = call(f"Bearer {issue()}")
    assert (response.status_code, response.data) == (200, {"name": "kiosk"})


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 401),
        ("Basic abc", 401),
        ("Bearer", 401),
        ("Bearer wrong", 401),
        ("Bearer ice_" + "x" * 43, 401),
        ("Bearer a b", 401),
        ("Bearer \xe7ay", 401),
    ],
)
def test_request_without_a_valid_token_is_refused(header: str | None, status: int) -> None:
    issue()
    response = call(header)
    assert response.status_code == status
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_request_with_another_scope_is_forbidden() -> None:
    assert call(f"Bearer {issue('windows:read')}").status_code == 403


def test_revoked_token_is_refused_at_once() -> None:
    plain = issue()
    for _ in range(2):
        services.revoke_token(token_id=ApiToken.objects.get().pk, by=SYSTEM, now=NOON)
    assert call(f"Bearer {plain}").status_code == 401
    assert AuditFact.objects.filter(action="token.revoked").count() == 1


def test_use_is_noted_to_the_minute() -> None:
    plain = issue()
    seen = []
    for seconds in (0, 30, 60):
        principal = principal_of(plain)
        assert principal is not None
        services.note_used(principal=principal, now=NOON + timedelta(seconds=seconds))
        seen.append(ApiToken.objects.get().last_used_at)
    assert seen == [NOON, NOON, NOON + timedelta(seconds=60)]


def test_digest_is_one_tokens() -> None:
    issue()
    digest = ApiToken.objects.get().digest
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ApiToken.objects.create(name="x", digest=digest, created_at=NOON)
    assert violated_constraint(caught.value) == "api_token_digest"
