"""What the page shows: phones, messages, the strip of events, the wire, in ready-made values."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from iceshop.kernel.time import ensure_aware, show_clock
from whatsapp.simulator import queries
from whatsapp.simulator.queries import EventFacts, MessageFacts, PersonFacts, PostingFacts

ZONE = ZoneInfo("Europe/Istanbul")  # where the demo city lies
LATEST_SELLER = "seller"
MOST_PHONES = 8
MESSAGE_ROWS = 60
EVENT_ROWS = 3
CUBES = 16
WIRE_ROWS = 20
_LINK = re.compile(r"(https?://[^\s<>\"]+)")
_WEEKDAYS = {
    "tr": ("pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# Where a pin can be put without typing; WGS 84.
PLACES = (
    ("Kadıköy, iskele", 40.9917, 29.0229),
    ("Moda", 40.9840, 29.0255),
    ("Beşiktaş, çarşı", 41.0430, 29.0060),
    ("Üsküdar, iskele", 41.0265, 29.0156),
    ("Kartal", 40.8887, 29.1866),
    ("Pendik", 40.8775, 29.2336),
)


@dataclass(frozen=True)
class Bubble:
    """A message on a phone; ``key`` changes never, ``state`` with what it shows."""

    key: str
    state: str
    is_own: bool
    kind: str
    parts: tuple[tuple[str, bool], ...]
    buttons: tuple[tuple[str, str, str, bool], ...]
    links: tuple[tuple[str, str], ...]
    time: str
    is_read: bool
    failed_code: int | None


@dataclass(frozen=True)
class Phone:
    """A phone of the page; ``slot`` is who was asked for, ``suggestion`` fills an empty input."""

    slot: str
    person: PersonFacts
    words: dict[str, str]
    bubbles: tuple[Bubble, ...]
    suggestion: str
    others: str


@dataclass(frozen=True)
class Event:
    """A line of the strip."""

    key: str
    time: str
    text: str


@dataclass(frozen=True)
class Wire:
    """One exchange on the wire."""

    key: str
    title: str
    text: str


@cache
def _all_words() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return tomllib.load(file)


def words(language: str) -> dict[str, str]:
    """What the page says in ``language``."""
    return _all_words()["en" if language.startswith("en") else "tr"]


def chosen_people(show: str) -> list[tuple[str, PersonFacts]]:
    """The people of the phones asked for in ``show``, or three buyers and a seller."""
    everybody = queries.people()
    by_id = {person.user_id: person for person in everybody}
    asked = [slot for slot in show.split(",") if slot]
    if not asked:
        asked = [person.user_id for person in everybody if person.role == "buyer"][:3]
        asked.append(LATEST_SELLER)
    chosen: dict[str, PersonFacts] = {}
    for slot in asked[:MOST_PHONES]:
        person = queries.latest_seller() if slot == LATEST_SELLER else by_id.get(slot)
        if person is not None:
            chosen[slot] = person
    return list(chosen.items())


def with_phone(slots: Sequence[str], *, address: str, replaces: str) -> list[str]:
    """The phones to show with that of ``address``: where ``replaces`` was, or at the front.

    >>> with_phone(["a", "b", "c"], address="d", replaces="b")
    ['a', 'd', 'c']
    >>> with_phone(["a", "b", "c"], address="c", replaces="a")
    ['c', 'b']
    >>> with_phone(["a", "b"], address="b", replaces="")
    ['b', 'a']
    """
    if replaces in slots:
        return [
            address if slot == replaces else slot
            for slot in slots
            if slot and (slot == replaces or slot != address)
        ]
    others = [slot for slot in slots if slot and slot != address]
    return [address, *others[: MOST_PHONES - 1]]


def phones(chosen: Sequence[tuple[str, PersonFacts]]) -> tuple[Phone, ...]:
    """The phones with what is on them."""
    slots = [slot for slot, _ in chosen]
    buyers = [person.user_id for _, person in chosen if person.role == "buyer"]
    return tuple(
        Phone(
            slot=slot,
            person=person,
            words=words(person.language),
            bubbles=_bubbles(person),
            suggestion=_suggestion(person, buyers),
            others=",".join(other for other in slots if other != slot),
        )
        for slot, person in chosen
    )


def _suggestion(person: PersonFacts, buyers: list[str]) -> str:
    if person.role != "buyer" or person.last_n:
        return ""
    return words(person.language)[f"suggestion_{buyers.index(person.user_id) % 3 + 1}"]


def _bubbles(person: PersonFacts) -> tuple[Bubble, ...]:
    found = queries.latest_messages(user_id=person.user_id, rows=MESSAGE_ROWS)
    pressed = queries.pressed_buttons(found)
    return tuple(_bubble(item, person, pressed) for item in found if not _is_echo(item, found))


def _is_echo(item: MessageFacts, found: Sequence[MessageFacts]) -> bool:
    """Whether the chosen button above says it: the first press of a button that is shown."""
    if not item.pressed_wamid or not any(row.wamid == item.pressed_wamid for row in found):
        return False
    return not any(
        (row.pressed_wamid, row.pressed_id) == (item.pressed_wamid, item.pressed_id)
        for row in found
        if row.n < item.n
    )


def _bubble(item: MessageFacts, person: PersonFacts, pressed: set[tuple[str, str]]) -> Bubble:
    say = words(person.language)
    buttons = tuple(
        (row["id"], row["title"], row.get("description", ""), (item.wamid, row["id"]) in pressed)
        for row in item.buttons
    )
    behind = [link for link in item.links if link not in item.text]
    titles = [item.link_title or say["open"], *[say["open"]] * len(behind)]
    is_own = item.direction == "in"
    return Bubble(
        key=str(item.n),
        state=f"{item.status}{sum(chosen for *_, chosen in buttons)}",
        is_own=is_own,
        kind=item.kind,
        parts=tuple((part, bool(_LINK.fullmatch(part))) for part in _LINK.split(item.text) if part),
        buttons=buttons,
        links=tuple(zip(behind, titles, strict=False)),
        time=show_clock(item.at, ZONE, person.language),
        is_read=is_own and item.status == "read",
        failed_code=item.code if item.status == "failed" else None,
    )


def weekday(now: datetime, language: str) -> str:
    """The day of the week in the demo city."""
    names = _WEEKDAYS["en" if language.startswith("en") else "tr"]
    return names[ensure_aware(now).astimezone(ZONE).weekday()]


def events(language: str) -> tuple[Event, ...]:
    """The latest events, the newest first."""
    return tuple(_event(item, language) for item in queries.latest_events(rows=EVENT_ROWS))


def _event(item: EventFacts, language: str) -> Event:
    say = words(language)
    verb = say["wrote"] if item.direction == "in" else say["got"]
    text = item.text or say["voice_note"]
    time = ensure_aware(item.at).astimezone(ZONE).strftime("%H.%M.%S")
    shown = time if language.startswith("tr") else time.replace(".", ":")
    return Event(f"{item.at.isoformat()}{item.person}", shown, f"{item.person} {verb}: {text}")


def posted(language: str) -> dict[str, object]:
    """The figure of the strip: how many webhooks went out, and the last ones as cubes."""
    found = queries.latest_postings(rows=CUBES)
    taken = [item.http_status == 200 for item in reversed(found)]
    sentence = words(language)["posted_image"]
    return {
        "count": found[0].n if found else 0,
        "states": ["arrived" if good else "no-show" for good in taken],
        "sentence": sentence.format(taken=sum(taken), refused=len(taken) - sum(taken)),
    }


def wire_out(language: str) -> tuple[Wire, ...]:
    """What was posted to the webhook last, the exact bytes."""
    found = queries.latest_postings(rows=WIRE_ROWS)
    return tuple(_posting(item, words(language)) for item in found)


def _posting(item: PostingFacts, say: dict[str, str]) -> Wire:
    headers = "\n".join(f"{name}: {value}" for name, value in item.headers.items())
    answer = str(item.http_status) if item.http_status else say["no_answer"]
    title = f"{item.n} · {item.carries} · {answer} · {item.took_ms} ms"
    return Wire(str(item.n), title, f"{headers}\n\n{item.body}")


def wire_in() -> tuple[Wire, ...]:
    """What the Cloud API accepted last."""
    return tuple(
        Wire(
            item.wamid,
            f"{item.kind} · {item.status}",
            json.dumps(item.wire, indent=2, ensure_ascii=False),
        )
        for item in queries.latest_requests(rows=WIRE_ROWS)
    )
