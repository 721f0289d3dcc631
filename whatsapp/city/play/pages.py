"""What people do in a browser: the shop's board and till, the buyer's panel."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.test import Client
from django.urls import reverse

from iceshop.kernel.ids import short_code
from whatsapp.city.people.deeds import Answer, Brake, Deed, Plan, Read, Show
from whatsapp.city.people.person import Person
from whatsapp.city.people.seller import Seller
from whatsapp.city.play.time import Clock
from whatsapp.city.play.town import Town
from windows.flash import queries as flash
from windows.passes.queries import remembered_scan

_SERVER_ERROR = 500
_NONCE_LENGTH = 20


class Pages:
    """Browsers of the city; ``errors`` lists what the product could not answer."""

    def __init__(self, town: Town, browser: Client, clock: Clock) -> None:
        self._town = town
        self._browser = browser
        self._clock = clock
        self.errors: list[tuple[str, str]] = []

    def do(self, person: Person, deed: Deed) -> list[Plan]:
        """Do what ``deed`` says; returns what the person does because of it."""
        match deed:
            case Show():
                return self._show(person, deed)
            case Read(link):
                self._ask("GET", self._browser, urlsplit(link).path)
            case Answer() if isinstance(person, Seller):
                self._answer(person.shop.plan.name, deed)
            case Brake() if isinstance(person, Seller):
                self._brake(person.shop.plan.name, deed)
        return []

    def _show(self, person: Person, deed: Show) -> list[Plan]:
        """Let the till scan a code; a nervous one sends the same form twice, and the code again."""
        till, store_id = self._town.tills[deed.store], self._town.stores[deed.store]
        nonce = short_code(_NONCE_LENGTH)
        form = {"code": deed.code, "nonce": nonce}
        answer = self._scan(till, store_id, form)
        if deed.twice:
            if self._scan(till, store_id, form) != answer:
                self.errors.append(("till", "the same scan got two answers"))
            self._scan(till, store_id, {**form, "nonce": short_code(_NONCE_LENGTH)})
        return person.served(deed.code, answer, self._clock.now())

    def _scan(self, till: Client, store_id: UUID, form: dict[str, str]) -> str:
        """The code with which the till answered."""
        address = reverse("board:check_in", args=[store_id])
        response = self._ask("POST", till, address, form)
        shown = urlsplit(response.headers.get("Location", "")).query.partition("=")[2]
        device = till.cookies["iceshop_till"].value
        scan = remembered_scan(store_id=store_id, device=device, nonce=shown)
        if scan is None:
            self.errors.append(("till", f"no answer: {response.status_code}"))
        return scan.code if scan else ""

    def _answer(self, store: str, deed: Answer) -> None:
        address = reverse(f"board:{deed.act}", args=[self._town.stores[store], UUID(deed.ask)])
        form = {"percent": deed.percent} if deed.act == "counter" else {}
        self._ask("POST", self._town.tills[store], address, form)

    def _brake(self, store: str, deed: Brake) -> None:
        store_id, now = self._town.stores[store], self._clock.now()
        running = [one for one in flash.live_windows(now=now) if one.store_id == store_id]
        if not running:
            return
        forms: dict[str, dict[str, Any]] = {
            "stock": {"left": deed.left},
            "cancel": {"reason": deed.reason},
        }
        address = reverse(f"board:{deed.act}", args=[store_id, running[0].id])
        self._ask("POST", self._town.tills[store], address, forms.get(deed.act, {}))

    def _ask(
        self, method: str, browser: Client, address: str, form: dict[str, Any] | None = None
    ) -> Any:
        response = browser.post(address, form) if method == "POST" else browser.get(address)
        if response.status_code >= _SERVER_ERROR:
            self.errors.append((method, f"{address}: {response.status_code}"))
        return response
