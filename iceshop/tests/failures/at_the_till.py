"""A window that is about to open, a buyer with a pass, and the shop's tills."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from itertools import count
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from whatsapp.tests.town import Phone, Town, TownShop, agreed, staff_client, wanting
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.queries import SeatCard, WindowCard
from windows.tills import services as tills
from windows.tills.links import link_token

_numbers = count(1)


@dataclass
class Scene:
    """Elif has a seat in the shop's window; her panel at ``link`` showed ``code``."""

    town: Town
    place: TownShop
    window: WindowCard
    buyer: Phone
    link: str
    code: str

    @property
    def seat(self) -> SeatCard:
        """Elif's seat as it stands now."""
        (seat,) = (
            one
            for one in flash.seats_of_window(self.window.id)
            if one.person_id == self.buyer.person().id
        )
        return seat

    def staff(self) -> Client:
        """A browser in which somebody of the shop is logged in."""
        return staff_client(self.place, now=self.town.now)

    def till(self, name: str) -> Client:
        """A phone that the owner let in, in its shift."""
        store_id = self.place.shop.store_id
        card = tills.add_till(
            store_id=store_id, name=name, pin="7391", by=SYSTEM, now=self.town.now
        )
        browser = Client()
        entered = browser.post(reverse("board:till", args=[link_token(card)]), {"pin": "7391"})
        assert entered.status_code == 302
        return browser


def scene(town: Town) -> Scene:
    """Two want coffee, the shop agrees and holds the window for one; Elif says yes."""
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    run_operation(windows.keep_window, window_id=window.id, by=SYSTEM, now=town.now)
    (taken,) = elif_.presses("invite.accept")
    link = "/" + taken.links[0].split("/", 3)[3]
    found = re.search(r'data-pass="(\w{6})"', Client().get(link).content.decode())
    assert found is not None
    return Scene(town, place, window, elif_, link, found[1])


def shown(browser: Client, scene: Scene, code: str, **told: Any) -> str:
    """What the till shows for a code, as people read it."""
    form = {"code": code, "nonce": f"scene-scan-{next(_numbers):08d}", **told}
    address = reverse("board:check_in", args=[scene.place.shop.store_id])
    answer = browser.post(address, form, follow=True)
    assert answer.status_code == 200
    return words(answer.content.decode(), "till-result", "data-scanner")


def page(browser: Client, scene: Scene, name: str) -> str:
    """A page of the board, as people read it."""
    answer = browser.get(reverse(f"board:{name}", args=[scene.place.shop.store_id]))
    assert answer.status_code == 200
    return words(answer.content.decode(), "<main", "</main>")


def words(html: str, begin: str, end: str) -> str:
    """The text between two marks, without tags."""
    part = html[html.index(begin) : html.index(end, html.index(begin))]
    text = unescape(re.sub(r"<[^>]*>", " ", part)).replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(text.split())


def late(scene: Scene, nonce: str, at: datetime, **told: Any) -> dict[str, Any]:
    """A scan of Elif's code as a till's script keeps it while there is no connection."""
    return {
        "nonce": nonce,
        "read": scene.code,
        "at": at.isoformat(),
        "code": "pass.admitted",
        "people": 1,
        **told,
    }


def tell(browser: Client, store_id: UUID, *scans: dict[str, Any]) -> list[dict[str, Any]]:
    """The connection is back: the till's script sends what it kept."""
    address = reverse("board:sync", args=[store_id])
    body = json.dumps({"scans": scans})
    answer = browser.post(address, body, content_type="application/json")
    assert answer.status_code == 200
    kept: list[dict[str, Any]] = answer.json()["kept"]
    return kept
