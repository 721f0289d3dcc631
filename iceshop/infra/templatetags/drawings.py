"""Icons and drawings in templates; what depends on data leaves as attributes and classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zlib import crc32

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from iceshop.infra.draw import groups, timer
from iceshop.infra.draw.locator import Locator, locator
from iceshop.infra.draw.qr import qr_path
from iceshop.infra.draw.spark import Spark, spark
from iceshop.kernel.geo import Point

register = template.Library()

AWNINGS = ("mandarin", "lake", "nar", "olive", "plum", "sun")
FOODS = ("coffee", "bakery", "pizza", "simit", "bread", "tea", "dessert", "flowers", "generic")
# More cubes than this are drawn small, in rows of twenty.
_MANY_CUBES = 40
_MARK = mark_safe(
    '<svg class="mark" viewBox="0 0 64 64" aria-hidden="true">'
    '<path class="mark-ice" d="M29 2v29.6a5 5 0 0 0 2.5 4.33L57.4 50.87A19 19 0 0 1 43 62H21'
    'A19 19 0 0 1 2 43V21A19 19 0 0 1 21 2Z"/>'
    '<path class="mark-now" d="M36 4.5A2.5 2.5 0 0 1 38.5 2H43A19 19 0 0 1 62 21v20.7'
    'a2.5 2.5 0 0 1-3.75 2.16L38.5 32.45A5 5 0 0 1 36 28.12Z"/>'
    '<path class="mark-shine" d="M12 26v-4.5A9.5 9.5 0 0 1 19.5 12.2"/></svg>'
)


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """Icon of the sprite, hidden from readers unless it has a ``label``; sizes s, l, xl."""
    classes = f"icon icon-{size}" if size else "icon"
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            classes,
            label,
            href,
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, href)


@register.simple_tag
def food(kind: str) -> SafeString:
    """Flat drawing of a kind of goods, of the generic one for an unknown kind."""
    name = kind if kind in FOODS else "generic"
    href = f"{static('icons/food.svg')}#{name}"
    return format_html('<svg viewBox="0 0 64 64" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def food_href(kind: str) -> str:
    """Address of a food drawing, for use inside another drawing."""
    return f"{static('icons/food.svg')}#{kind if kind in FOODS else 'generic'}"


@register.filter
def awning(shop_id: object) -> str:
    """Colour pair of a shop's awning, always the same for one id."""
    return AWNINGS[crc32(str(shop_id).encode()) % len(AWNINGS)]


@register.simple_tag
def qr(payload: str) -> SafeString:
    """QR code of ``payload``; its meaning is told by the code in words beside it."""
    code = qr_path(payload)
    return format_html(
        '<svg viewBox="0 0 {0} {0}" shape-rendering="crispEdges" aria-hidden="true">'
        '<path d="{1}"/></svg>',
        code.side,
        code.path,
    )


@register.simple_tag
def timer_face(
    starts_at: datetime, ends_at: datetime, now: datetime, grace_until: datetime | None = None
) -> timer.Face:
    """Face of a timer at ``now``."""
    return timer.face(
        starts_at=starts_at, ends_at=ends_at, now=now, grace_until=grace_until or None
    )


@register.simple_tag
def timer_path() -> str:
    """Edge of the timer in a square of 100."""
    return timer.EDGE_PATH


@register.simple_tag
def cubes(states: Iterable[str]) -> SafeString:
    """The cubes themselves, one element each."""
    return format_html_join("", '<i class="cube is-{}"></i>', ((state,) for state in states))


@register.simple_tag
def cube_states(**counts: int) -> tuple[str, ...]:
    """States from counts: ``room redeemed arrived coming confirmed unanswered no_show taken``."""
    return groups.states_from_counts(**{name: int(count or 0) for name, count in counts.items()})


@register.filter
def cubes_size(states: Sequence[str], size: str) -> str:
    """Class of the figure's size; many cubes are always small."""
    return "10" if len(states) > _MANY_CUBES and size != "line" else str(size)


@register.filter
def cubes_sentence(states: Sequence[str]) -> str:
    """What a figure of cubes says in words: ``16: 3 tamam, 2 geldi``."""
    counts = [(states.count(state), word) for state, word in _state_words() if state in states]
    people = ngettext("%(count)d place", "%(count)d places", len(states)) % {"count": len(states)}
    return f"{people}: " + ", ".join(f"{count} {word}" for count, word in counts)


def _state_words() -> tuple[tuple[str, str], ...]:
    return (
        ("redeemed", pgettext("cube", "done")),
        ("arrived", pgettext("cube", "arrived")),
        ("coming", pgettext("cube", "on the way")),
        ("taken", pgettext("cube", "taken")),
        ("confirmed", pgettext("cube", "confirmed")),
        ("you", pgettext("cube", "you")),
        ("you-confirmed", pgettext("cube", "you")),
        ("unanswered", pgettext("cube", "no answer")),
        ("first", pgettext("cube", "first on the list")),
        ("no-show", pgettext("cube", "did not come")),
        ("stock", pgettext("cube", "in stock")),
        ("empty", pgettext("cube", "free")),
    )


@register.filter
def state_word(state: str) -> str:
    """Word for the state of a cube."""
    return dict(_state_words()).get(state, "")


@register.simple_tag
def ladder_cells(
    people: int, room: int, steps: Sequence[tuple[int, str]], you: int = 0
) -> tuple[groups.LadderCell, ...]:
    """Cells of a group with price steps."""
    return groups.ladder(people=people, room=room, steps=steps, you=int(you or 0))


@register.filter
def has_second_row(cells: Sequence[groups.LadderCell]) -> bool:
    """Whether a ladder needs room for a second row of labels."""
    return any(cell.tick and cell.tick.second_row for cell in cells)


@register.simple_tag
def ladder_sentence(people: int, steps: Sequence[tuple[int, str]]) -> str:
    """The ladder in words: people now, then each step."""
    now = ngettext("%(count)d person", "%(count)d people", people) % {"count": people}
    told = "; ".join(
        gettext("from %(people)d: %(benefit)s") % {"people": n, "benefit": t} for n, t in steps
    )
    return f"{now}. {told}"


@register.simple_tag
def range_cells(low: int, expected: int, high: int, room: int = 0) -> tuple[groups.RangeCell, ...]:
    """Cells of an expected range."""
    return groups.range_cells(low=low, expected=expected, high=high, room=int(room or 0))


@register.simple_tag
def sparkline(values: Sequence[float]) -> Spark | None:
    """Points of a sparkline."""
    return spark(values)


@register.simple_tag
def locator_map(shop: Point, you: Point | None = None) -> Locator:
    """Drawing of the locator map."""
    return locator(shop, you or None)


@register.filter
def minus(a: float, b: float) -> float:
    """``a - b``, for positions inside drawings."""
    return a - b


@register.filter
def svg(number: float) -> str:
    """A number as SVG reads it, whatever the language of the page."""
    return f"{number:g}"


@register.filter
def times(count: int) -> range:
    """Something to loop over ``count`` times."""
    return range(int(count))


@register.simple_tag
def mark() -> SafeString:
    """The product's mark in the colours of the theme."""
    return _MARK
