"""Fetching what people sent: by id, from allowed hosts only, with a cap, verified by its digest.

The address of a file comes from the platform's own answer to the id. The token travels with the
request, so an address outside the allowed hosts is never opened.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

import httpx
import structlog

from whatsapp.gateway import fields
from whatsapp.gateway.client import CloudApi, Refused, UnknownOutcome, outcome_of

log = structlog.get_logger(__name__)

AUDIO_BYTES = 16 * 1024 * 1024
# A file that drips in for longer counts as not to be had.
MOST_SECONDS = 30.0


class MediaProblem(StrEnum):
    """Why a file could not be had."""

    ID_UNFIT = "media.id_unfit"
    NOT_FOUND = "media.not_found"
    HOST_REFUSED = "media.host_refused"
    TOO_LARGE = "media.too_large"
    DIGEST_WRONG = "media.digest_wrong"
    UNAVAILABLE = "media.unavailable"  # worth another try


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A file as it was sent; ``mime_type`` without parameters."""

    content: bytes
    mime_type: str


def download(
    api: CloudApi, media_id: str, *, sha256: str = "", most_bytes: int = AUDIO_BYTES
) -> MediaFile | MediaProblem:
    """Fetch a file by its id.

    ``sha256`` is the digest that the webhook named (base64). An address lives five minutes: when it
    is gone, one new address is asked for.
    """
    if not fields.digits(media_id):
        return MediaProblem.ID_UNFIT
    result: MediaFile | MediaProblem = MediaProblem.NOT_FOUND
    for _ in range(2):
        result = _download_once(api, media_id, sha256, most_bytes)
        if result is not MediaProblem.NOT_FOUND:
            break
    if isinstance(result, MediaProblem):
        log.warning("media.not_fetched", media_id=media_id, problem=result)
    return result


def _download_once(
    api: CloudApi, media_id: str, sha256: str, most_bytes: int
) -> MediaFile | MediaProblem:
    try:
        described = api.http.get(
            f"{api.root}/{media_id}", params={"phone_number_id": api.phone_number_id}
        )
    except httpx.TransportError:
        return MediaProblem.UNAVAILABLE
    answer = outcome_of(described, "media")
    if isinstance(answer, UnknownOutcome):
        return MediaProblem.UNAVAILABLE
    if isinstance(answer, Refused):
        return MediaProblem.UNAVAILABLE if answer.rule.tries > 1 else MediaProblem.NOT_FOUND
    url = answer.get("url")
    if not isinstance(url, str) or not _is_allowed(api, url):
        return MediaProblem.HOST_REFUSED
    if (fields.number(answer.get("file_size")) or 0) > most_bytes:
        return MediaProblem.TOO_LARGE
    content = _fetch(api, url, most_bytes)
    if isinstance(content, MediaProblem):
        return content
    named = sha256 or fields.identifier(answer.get("sha256"))
    if named and not _has_digest(content, named):
        return MediaProblem.DIGEST_WRONG
    mime_type = fields.line(answer.get("mime_type"), 80).partition(";")[0].strip().lower()
    return MediaFile(content=content, mime_type=mime_type)


def _is_allowed(api: CloudApi, url: str) -> bool:
    """Whether the token may go there: a media host over TLS, or where the API itself is."""
    try:
        address, own = urlsplit(url), urlsplit(api.root)
        same_origin = (address.scheme, address.netloc) == (own.scheme, own.netloc)
        return same_origin or (
            address.scheme == "https"
            and address.hostname in api.media_hosts
            and address.port in (None, 443)
        )
    except ValueError:
        return False


def _fetch(api: CloudApi, url: str, most_bytes: int) -> bytes | MediaProblem:
    content = bytearray()
    ends = time.monotonic() + MOST_SECONDS
    try:
        with api.http.stream("GET", url) as response:
            if response.status_code == httpx.codes.NOT_FOUND:
                return MediaProblem.NOT_FOUND
            if not response.is_success:
                return MediaProblem.UNAVAILABLE
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > most_bytes:
                    return MediaProblem.TOO_LARGE
                if time.monotonic() > ends:
                    return MediaProblem.UNAVAILABLE
    except httpx.TransportError:
        return MediaProblem.UNAVAILABLE
    return bytes(content)


def _has_digest(content: bytes, named: str) -> bool:
    """Compare with a digest in base64 (webhooks) or hex (the API's own description)."""
    digest = hashlib.sha256(content).digest()
    if len(named) == 64:
        return hmac.compare_digest(digest.hex(), named.lower())
    try:
        return hmac.compare_digest(digest, base64.b64decode(named, validate=True))
    except (binascii.Error, ValueError):
        return False
