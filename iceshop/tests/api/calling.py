"""A partner's program that calls the published API, and the world it calls into."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from accounts.tokens.domain import Scope
from accounts.tokens.services import issue_token
from commerce.places import services as places
from iceshop.infra.db import run_operation
from iceshop.kernel.geo import Point
from windows.tests.stories import Shop, new_shop

# A Tuesday, 12:00 in Istanbul.
NOON = datetime(2025, 12, 9, 9, 0, tzinfo=UTC)
ALL = tuple(scope.value for scope in Scope)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: Any
    headers: Any


@dataclass
class Program:
    """Calls with a token of its own, or with none."""

    token: str = ""
    language: str = ""

    def post(self, path: str, body: Any, *, key: str | None = None) -> Answer:
        extra = {} if key is None else {"Idempotency-Key": key}
        return self.send("POST", path, json.dumps(body), **extra)

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def send(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.language:
            headers["Accept-Language"] = self.language
        response = Client().generic(
            method, f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )
        found = json.loads(response.content) if response.content else None
        return Answer(response.status_code, found, response.headers)


def program(*scopes: str, **bound: Any) -> Program:
    """A program with these scopes, or with all."""
    token = issue_token(name="test", scopes=scopes or ALL, now=NOON, **bound)
    return Program(token)


def put_places() -> None:
    """The places of the source document's examples, and two that share a name."""
    known = (
        ("istanbul-kadikoy", "Kadıköy", "district", "istanbul", 40.9903, 29.0275),
        ("sisli-nisantasi", "Nişantaşı", "neighbourhood", "sisli", 41.0510, 28.9930),
        ("fatih-yeni", "Yeni Mahalle", "neighbourhood", "fatih", 41.0190, 28.9490),
        ("pendik-yeni", "Yeni Mahalle", "neighbourhood", "pendik", 40.8790, 29.2330),
    )
    for key, name, kind, parent, latitude, longitude in known:
        run_operation(
            places.put_neighbourhood,
            key=key,
            name=name,
            kind=kind,
            parent_key=parent,
            point=Point(latitude, longitude),
        )


def priced_shop(concept: str, price_minor: int = 9_500) -> Shop:
    """Somebody else's shop that sells the concept at a price."""
    return new_shop(
        concept=concept,
        product=(f"{concept} tr", concept),
        price_minor=price_minor,
        floor_minor=None,
        now=NOON,
    )
