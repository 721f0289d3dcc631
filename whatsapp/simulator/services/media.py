"""Files: what people record and what the business uploads."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from iceshop.infra.db import operation, step
from whatsapp.simulator import connection
from whatsapp.simulator.domain.limits import MEDIA_URL_LIFE
from whatsapp.simulator.models import SimulatedMedia
from whatsapp.simulator.queries import MediaFacts


@operation
def keep_upload(*, content: bytes, mime_type: str, now: datetime) -> str:
    """Store what the business uploads and return its id."""
    return keep_media(content=content, mime_type=mime_type, is_upload=True, now=now).media_id


@operation
def remove_media(*, media_id: str) -> bool:
    """Forget a file; whether there was one."""
    deleted, _ = SimulatedMedia.objects.filter(media_id=media_id).delete()
    return deleted > 0


@step
def keep_media(*, content: bytes, mime_type: str, is_upload: bool, now: datetime) -> MediaFacts:
    """Store a file under a new id of 16 digits."""
    row = SimulatedMedia.objects.create(
        media_id=str(10**15 + secrets.randbelow(9 * 10**15)),
        mime_type=mime_type,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        is_upload=is_upload,
        created_at=now,
    )
    return MediaFacts(row.media_id, row.mime_type, row.sha256, content)


def media_url(*, media_id: str, now: datetime) -> str:
    """The address of a file, good for five minutes and only with the token."""
    ends = int((now + MEDIA_URL_LIFE).timestamp())
    proof = _proof(media_id, ends)
    return f"{connection.graph_url()}/attachments/?mid={media_id}&ext={ends}&hash={proof}"


def is_media_url_good(*, media_id: str, ends: str, proof: str, now: datetime) -> bool:
    """Whether the parts of an address belong together and are not too old."""
    if not (ends.isascii() and ends.isdigit()):
        return False
    right = hmac.compare_digest(proof.encode(), _proof(media_id, int(ends)).encode())
    return right and now.timestamp() < int(ends)


def base64_digest(sha256: str) -> str:
    """The digest as webhooks write it."""
    return base64.b64encode(bytes.fromhex(sha256)).decode()


def _proof(media_id: str, ends: int) -> str:
    key = connection.app_secret().encode()
    return hmac.new(key, f"media:{media_id}:{ends}".encode(), hashlib.sha256).hexdigest()[:32]
