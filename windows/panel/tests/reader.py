"""A reader without script: opens pages, reads their words, sends their forms as they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from uuid import UUID

from django.test import Client

from iceshop.infra import clock
from windows.flash.queries import WindowCard
from windows.panel.links import panel_token


@dataclass
class Form:
    """A form with the fields that it sends by itself, and its buttons by their words."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """What a page says and offers; words hidden from sight count, marks and scripts do not."""

    _SILENT = ("script", "style", "template")

    def __init__(self, status: int, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.status = status
        self.html = content.decode()
        self.state = ""
        self.language = ""
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.passes: list[str] = []
        self._words: list[str] = []
        self._silence = 0
        self._button: dict[str, str] | None = None
        self._name = ""
        self._link = ""
        self._label: list[str] = []
        self.feed(self.html)

    @property
    def text(self) -> str:
        """All words with single plain spaces."""
        return " ".join(" ".join(self._words).replace("\N{NO-BREAK SPACE}", " ").split())

    def form(self, ending: str) -> Form:
        """The form whose address ends so."""
        return next(form for form in self.forms if form.action.endswith(ending))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._silence += tag in self._SILENT
        self.state = given.get("data-state", "") or self.state
        if "data-pass" in given:
            self.passes.append(given["data-pass"])
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "form":
            self.forms.append(Form(given["action"]))
        if tag == "input" and self.forms and "name" in given:
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        if tag == "button" and given.get("type") == "submit":
            sent = {given["name"]: given.get("value", "")} if "name" in given else {}
            self._button, self._label = sent, []
            self._name = given.get("aria-label", "")
        if tag == "a":
            self._link, self._label = given.get("href", ""), []

    def handle_endtag(self, tag: str) -> None:
        self._silence -= tag in self._SILENT
        label = " ".join(" ".join(self._label).split())
        if tag == "button" and self._button is not None:
            self.forms[-1].buttons[self._name or label] = self._button
            self._button = None
        if tag == "a":
            self.links[label] = self._link

    def handle_data(self, data: str) -> None:
        if not self._silence:
            self._words.append(data)
            self._label.append(data)


class Reader:
    """Opens panels at a moment of the product's clock; forged forms are refused as they should."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.client = Client(enforce_csrf_checks=True)

    def open(self, path: str, **headers: str) -> Page:
        """Open an address, following redirects."""
        with clock.use(lambda: self.now):
            answer = self.client.get(path, follow=True, headers=headers)
        return Page(answer.status_code, answer.content)

    def send(self, form: Form, button: str = "", **typed: object) -> Page:
        """Press a button of a form after typing into its fields, following redirects."""
        sent = form.fields | form.buttons.get(button, {}) | {k: str(v) for k, v in typed.items()}
        with clock.use(lambda: self.now):
            answer = self.client.post(form.action, sent, follow=True)
        return Page(answer.status_code, answer.content)


def panel_path(window: WindowCard, person_id: UUID) -> str:
    """Where the person's panel is."""
    return f"/w/{panel_token(window_id=window.id, person_id=person_id)}"
