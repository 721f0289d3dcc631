"""Template management of the platform: reading states and submitting definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import structlog

from whatsapp.gateway.client import CloudApi

log = structlog.get_logger(__name__)

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """How the platform judges a template."""

    state: str
    category: str


def list_templates(api: CloudApi, *, account_id: str) -> dict[tuple[str, str], Listed] | None:
    """Each template by name and language; ``None`` when the platform does not tell."""
    root = api.root
    url: str | None = (
        f"{root}/{account_id}/message_templates?fields=name,language,status,category&limit={_PAGE}"
    )
    found: dict[tuple[str, str], Listed] = {}
    while url:
        answer = _ask(api, "GET", url)
        if answer is None:
            return None
        for entry in answer.get("data", []):
            key = str(entry["name"]), str(entry["language"])
            found[key] = Listed(str(entry["status"]), str(entry.get("category", "")))
        after = answer.get("paging", {}).get("next")
        url = after if after and str(after).startswith(root.rsplit("/", 1)[0]) else None
    return found


def create_template(
    api: CloudApi, *, account_id: str, definition: Mapping[str, Any]
) -> Listed | None:
    """Submit a template; how it is judged at once, or ``None`` when it was refused."""
    url = f"{api.root}/{account_id}/message_templates"
    answer = _ask(api, "POST", url, json=dict(definition))
    if answer is None:
        return None
    category = str(answer.get("category", definition["category"]))
    return Listed(str(answer.get("status", "PENDING")), category)


def _ask(api: CloudApi, method: str, url: str, **content: Any) -> dict[str, Any] | None:
    try:
        response = api.http.request(method, url, **content)
        response.raise_for_status()
        answer = response.json()
    except (httpx.HTTPError, ValueError) as error:
        log.warning("cloud_api.templates_failed", cause=type(error).__name__)
        return None
    return answer if isinstance(answer, dict) else None
