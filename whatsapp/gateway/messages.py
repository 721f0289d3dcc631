"""Outgoing messages: what they may hold, checked before anything leaves.

Lengths are the platform's. They are counted in UTF-16 units, which is never less than what the
platform counts, so a body that passes here is not refused there for its length. Every class raises
``Invalid``: ``message.empty``, ``message.too_long``, ``message.too_many``, ``message.repeated`` or
``message.unfit``, each with ``field``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from iceshop.kernel.errors import Invalid

TEXT_LIMIT = 4096
BODY_LIMIT = 1024
LIST_BODY_LIMIT = 4096
HEADER_LIMIT = FOOTER_LIMIT = 60
BUTTON_LIMIT = 20
ROW_TITLE_LIMIT = SECTION_LIMIT = 24
ROW_DESCRIPTION_LIMIT = 72
CHOICE_ID_LIMIT = 256
ROW_ID_LIMIT = 200
URL_LIMIT = 2000
PARAMETER_LIMIT = 1024
MEDIA_ID_LIMIT = 100
MOST_BUTTONS = 3
MOST_ROWS = 10
_TEMPLATE_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_UNFIT_PARAMETER = re.compile(r"[\n\t]| {4}")  # the platform refuses them inside a template


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def must_fit(field: str, text: str, limit: int, *, is_required: bool = True) -> None:
    """Raise ``Invalid`` when a text is empty (though required) or over its limit."""
    if is_required and not text.strip():
        raise Invalid("message.empty", field=field)
    if _length(text) > limit:
        raise Invalid("message.too_long", field=field, limit=limit)


def _differ(field: str, values: Sequence[str]) -> None:
    if len(set(values)) != len(values):
        raise Invalid("message.repeated", field=field)


def _count(field: str, count: int, most: int) -> None:
    if count == 0:
        raise Invalid("message.empty", field=field)
    if count > most:
        raise Invalid("message.too_many", field=field, limit=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBody:
    """Plain words; an address in them may be shown with a preview."""

    text: str
    has_preview: bool = False

    def __post_init__(self) -> None:
        must_fit("text", self.text, TEXT_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A reply button; its id comes back when it is tapped."""

    id: str
    title: str

    def __post_init__(self) -> None:
        must_fit("button.id", self.id, CHOICE_ID_LIMIT)
        must_fit("button.title", self.title, BUTTON_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonsBody:
    """Words with one to three reply buttons."""

    text: str
    buttons: tuple[Button, ...]
    header: str = ""
    footer: str = ""

    def __post_init__(self) -> None:
        must_fit("text", self.text, BODY_LIMIT)
        must_fit("header", self.header, HEADER_LIMIT, is_required=False)
        must_fit("footer", self.footer, FOOTER_LIMIT, is_required=False)
        _count("buttons", len(self.buttons), MOST_BUTTONS)
        _differ("button.id", [button.id for button in self.buttons])
        _differ("button.title", [button.title for button in self.buttons])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a list; its id comes back when it is chosen."""

    id: str
    title: str
    description: str = ""

    def __post_init__(self) -> None:
        must_fit("row.id", self.id, ROW_ID_LIMIT)
        must_fit("row.title", self.title, ROW_TITLE_LIMIT)
        must_fit("row.description", self.description, ROW_DESCRIPTION_LIMIT, is_required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Rows under a title; the title may be empty when the list has one section."""

    rows: tuple[Row, ...]
    title: str = ""

    def __post_init__(self) -> None:
        must_fit("section.title", self.title, SECTION_LIMIT, is_required=False)
        _count("section.rows", len(self.rows), MOST_ROWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBody:
    """Words with a button that opens a list of at most ten rows in all."""

    text: str
    button: str
    sections: tuple[Section, ...]
    header: str = ""
    footer: str = ""

    def __post_init__(self) -> None:
        must_fit("text", self.text, LIST_BODY_LIMIT)
        must_fit("button", self.button, BUTTON_LIMIT)
        must_fit("header", self.header, HEADER_LIMIT, is_required=False)
        must_fit("footer", self.footer, FOOTER_LIMIT, is_required=False)
        rows = [row for section in self.sections for row in section.rows]
        _count("rows", len(rows), MOST_ROWS)
        _differ("row.id", [row.id for row in rows])
        if len(self.sections) > 1:
            for section in self.sections:
                must_fit("section.title", section.title, SECTION_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRequestBody:
    """Words with a button that lets the person send a place."""

    text: str

    def __post_init__(self) -> None:
        must_fit("text", self.text, BODY_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBody:
    """Words with a button that opens an address."""

    text: str
    label: str
    url: str
    header: str = ""
    footer: str = ""

    def __post_init__(self) -> None:
        must_fit("text", self.text, BODY_LIMIT)
        must_fit("label", self.label, BUTTON_LIMIT)
        must_fit("url", self.url, URL_LIMIT)
        must_fit("header", self.header, HEADER_LIMIT, is_required=False)
        must_fit("footer", self.footer, FOOTER_LIMIT, is_required=False)
        address = urlsplit(self.url)
        if address.scheme not in ("http", "https") or not address.netloc:
            raise Invalid("message.unfit", field="url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A named value of a template's text."""

    name: str
    text: str

    def __post_init__(self) -> None:
        must_fit(self.name, self.text, PARAMETER_LIMIT)
        if _UNFIT_PARAMETER.search(self.text):
            raise Invalid("message.unfit", field=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlButton:
    """The end of a template's address, put where its variable stands."""

    index: int
    suffix: str

    def __post_init__(self) -> None:
        must_fit("url_button.suffix", self.suffix, URL_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickReply:
    """The payload that a template's quick reply sends back."""

    index: int
    payload: str

    def __post_init__(self) -> None:
        must_fit("quick_reply.payload", self.payload, CHOICE_ID_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateBody:
    """An approved template by name and language with its values."""

    name: str
    language: str
    parameters: tuple[Parameter, ...] = ()
    url_buttons: tuple[UrlButton, ...] = ()
    quick_replies: tuple[QuickReply, ...] = ()

    def __post_init__(self) -> None:
        if not _TEMPLATE_NAME.fullmatch(self.name):
            raise Invalid("message.unfit", field="name")
        if not _LANGUAGE.fullmatch(self.language):
            raise Invalid("message.unfit", field="language")
        _differ("parameter.name", [parameter.name for parameter in self.parameters])
        indexes = [button.index for button in self.url_buttons]
        indexes += [reply.index for reply in self.quick_replies]
        _differ("button.index", [str(index) for index in indexes])


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioBody:
    """A recording that was uploaded before."""

    media_id: str

    def __post_init__(self) -> None:
        must_fit("audio.id", self.media_id, MEDIA_ID_LIMIT)


OutboundBody = (
    TextBody | AudioBody | ButtonsBody | ListBody | LocationRequestBody | LinkBody | TemplateBody
)
