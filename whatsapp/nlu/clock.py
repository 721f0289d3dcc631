"""Times of the day: from the words for one to minutes after midnight."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whatsapp.nlu.marks import ENDING

HOUR, DAY = 60, 1440
NOON = 12 * HOUR
# A time said exactly is met within half an hour; "around" opens as much before it.
SLACK = 30

# One clock time in the canonical line.
CLOCK = (
    r"(?:half past \d{1,2}|quarter (?:past|to|after|before|of) \d{1,2}|half \d{1,2}"
    r"|(?:5|10|20|25) (?:past|before) \d{1,2}"
    r"|\d{1,2} min(?:ute)?s? (?:past|to|before|after) \d{1,2}"
    r"|\d{1,2}'[iuy]{1,2} (?:ceyrek|\d{1,2}) (?:gece\w*|geciyor)"
    r"|\d{1,2}'(?:y?[ae]) (?:ceyrek|\d{1,2}) (?:kala|var\w*)"
    r"|\d{1,2}(?::[0-5]\d|\.5)?(?:'[a-z]+)?(?: (?:am|pm|a m|p m|a \. m \.|p \. m \.|o'?clock))?)"
)
_NUMBER = re.compile(r"(\d{1,2})(?::([0-5]\d)|(\.5))?")

# Part of the day -> its window; the keys are what PART_WORDS gives.
PARTS = {
    "dawn": (3 * HOUR, 6 * HOUR),
    "early": (6 * HOUR, 9 * HOUR),
    "morning": (6 * HOUR, NOON),
    "noon": (11 * HOUR + 30, 14 * HOUR),
    "afternoon": (NOON, 18 * HOUR),
    "late afternoon": (16 * HOUR, 18 * HOUR),
    "after work": (18 * HOUR, 20 * HOUR),
    "evening": (18 * HOUR, 23 * HOUR),
    "tonight": (18 * HOUR, DAY),
    "night": (22 * HOUR, DAY + 2 * HOUR),
    "all day": (0, DAY),
}
# Where a part of the day begins or ends as the bound of a range.
BOUNDS = {"noon": NOON, "evening": 18 * HOUR, "morning": 6 * HOUR, "midnight": DAY}
BOUNDS |= {"afternoon": NOON, "night": 22 * HOUR, "tonight": 18 * HOUR}
BOUNDS |= {"late afternoon": 16 * HOUR, "after work": 18 * HOUR, "early": 6 * HOUR}

# Tried in order; longer wordings first.
PART_WORDS: tuple[tuple[str, str], ...] = (
    (r"sabaha karsi|before dawn", "dawn"),
    (
        r"sabah(?:in)? erken(?:den)?(?: saatlerde)?|erken sabah"
        r"|sabahin koru(?:nde|ne)?|early (?:in the )?mornings?",
        "early",
    ),
    (r"ogle(?:n|den|nden) once(?:si\w*|leri)?|before noon|before midday|forenoon", "morning"),
    (
        r"late afternoons?|ikindi(?:leyin|de|ye|yin)?|aksam ?(?:ustu|uzeri)(?:ne|leri|nden)?",
        "late afternoon",
    ),
    (r"oglen?den sonra(?:lari|si\w*|ya|ki|dan)?|(?:in the )?afternoons?|after lunch", "afternoon"),
    (
        r"is cikisi(?:nda|na)?|isten (?:sonra|cikinca|ciktiktan sonra)"
        r"|mesai (?:bitimi\w*|bitince|cikisi"
        r"|sonrasi)(?:nda)?|mesaiden sonra|after work",
        "after work",
    ),
    (
        r"ogle(?:n)? (?:arasi|tatili|vakti|saati|molasi)(?:nda|na|nde|ne)?"
        rf"|oglen?(?:leyin|yin|{ENDING})|noon(?: ?ish)?|midday"
        r"|lunch ?time|(?:over |at )?lunch(?: break| hour)?",
        "noon",
    ),
    (rf"sabah(?:leyin|{ENDING})|(?:in the )?mornings?|breakfast ?time", "morning"),
    (rf"aksam(?:leyin|lik|{ENDING})|(?:in the )?evenings?|(?:dinner|supper) ?time", "evening"),
    (rf"gece yarisi(?:{ENDING})|mid ?night", "midnight"),
    (r"tonight|this night", "tonight"),
    (r"late at night|late night|at night|nights?", "night"),
    (rf"gece(?:leyin|lik|{ENDING})", "night"),
    (
        r"butun gun|tum gun|gun ic(?:inde|erisinde)"
        r"|gun boyu(?:nca)?|all day(?: long)?|the whole day|whole day",
        "all day",
    ),
)
ANY_PART = "|".join(words for words, _ in PART_WORDS)
_PARTS = [(re.compile(words), name) for words, name in PART_WORDS]


def part_of(words: str) -> str:
    """The part of the day that ``words`` name; they were matched by ``ANY_PART``."""
    words = words.strip()
    return next((name for pattern, name in _PARTS if pattern.fullmatch(words)), "")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as said: ``hour`` 0-24, ``minute``; ``half`` am, pm or empty when not said."""

    hour: int
    minute: int = 0
    half: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether the half of the day is beyond doubt."""
        return bool(self.half) or self.hour > 12 or self.hour == 0

    def minutes(self, part: str = "") -> int:
        """Minutes after the day's midnight; a part of the day decides the half.

        >>> Clock(7).minutes(), Clock(9).minutes(), Clock(9).minutes("evening")
        (1140, 540, 1260)
        >>> Clock(12).minutes("night"), Clock(2).minutes("night")
        (1440, 1560)
        """
        hour = self.hour
        if self.half:
            hour = hour % 12 + (12 if self.half == "pm" else 0) if hour <= 12 else hour
        elif not self.is_clear:
            hour = _with_part(hour, part) if part else hour + 12 if hour < 8 else hour
        return hour * HOUR + self.minute

    def later(self, minutes: int) -> int:
        """The same hands twelve hours after ``minutes``, where they may mean that."""
        return minutes if self.is_clear else minutes + 12 * HOUR


def _with_part(hour: int, part: str) -> int:
    if part in ("morning", "early", "dawn"):
        return hour
    if part in ("night", "midnight"):
        return 24 if hour == 12 else hour + 24 if hour <= 5 else hour + 12
    if part in ("evening", "tonight", "after work"):
        return 24 if hour == 12 else hour + 12
    return hour if hour >= 10 else hour + 12


def read_clock(words: str) -> Clock | None:
    """Read what ``CLOCK`` matched; ``None`` when it is no time of the day.

    >>> read_clock("5'e ceyrek kala"), read_clock("6 pm")
    (Clock(hour=4, minute=45, half=''), Clock(hour=6, minute=0, half='pm'))
    """
    found = _NUMBER.findall(words)
    if not found:
        return None
    hour, minute = int(found[0][0]), int(found[0][1] or (30 if found[0][2] else 0))
    if re.match(r"half|quarter|\d+ (?:min|past|before)", words):
        return _english_phrase(words, found)
    if re.search(r"gec|kala|var", words):
        shift = 15 if "ceyrek" in words else int(found[1][0])
        hour, minute = (hour, shift) if "gec" in words else _back(hour, shift)
    half = re.search(r" ([ap])(?: \.)? ?m", words)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Clock(hour, minute, f"{half.group(1)}m" if half else "")


def _english_phrase(words: str, found: list[tuple[str, str, str]]) -> Clock | None:
    if words.startswith(("half", "quarter")):
        hour, shift = int(found[0][0]), 30 if words.startswith("half") else 15
    elif len(found) > 1:
        hour, shift = int(found[1][0]), int(found[0][0])
    else:
        half = re.search(r" ([ap])m", words)
        return Clock(int(found[0][0]), 0, f"{half.group(1)}m" if half else "")
    if hour > 12:
        return None
    if re.search(r"\b(?:to|before|of)\b", words):
        hour, shift = _back(hour, shift)
    return Clock(hour, shift)


def _back(hour: int, shift: int) -> tuple[int, int]:
    total = (hour * HOUR - shift) if hour else 12 * HOUR - shift
    hour, minute = divmod(total, HOUR)
    return (hour or 12), minute
