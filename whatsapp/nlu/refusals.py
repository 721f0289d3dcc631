"""Times that somebody cannot make: they are named, but no wish."""

from __future__ import annotations

import re

from whatsapp.nlu.clock import CLOCK
from whatsapp.nlu.marks import DAYS, Marks

# A time that somebody cannot make; "olmaz mı" and "gelemez misin" propose one.
_SAID = rf"(?:{DAYS}(?: [PB][a-z]?~*)?|[PB][a-z]?~*)"
_UNFIT_TR = (
    r"(?:(?:da|de|ise|maalesef|malesef) )?(?:gecti|olmadi\w*|degil(?: de)?|yerine|isim var"
    r"|calisiyorum"
    r"|(?:musait|uygun) degil\w*|dolu(?:yum|yuz)?|tatil\w*|(?:cok )?(?:erken|gec) (?:olur|kalir)"
    r"|\w+(?:[ae]m[ae]m|[ae]m[iu]yor\w*|[ae]m[ae]y\w*|m[iu]yor(?:um|uz)?|m[ae]z)(?! m[iu]))"
)
_CANNOT = (
    r"(?:not|can'?t|cannot|won'?t|instead of|rather than|busy)(?: (?:make|do|come|manage))?"
    r"(?: it)?(?: on)?"
)
_UNFIT_EN = (
    r"(?:(?:is|are|s) )?(?:(?:doesn'?t|does not|don'?t|do not|won'?t|isn'?t|is not|not)"
    r" (?:really )?(?:work|good|suit|possible|ok|great|an option|fit|happen)\w*|no good|a holiday"
    r"|full|taken|impossible|too (?:early|late|soon))"
)
_UNFIT = (
    rf"{_SAID} {_UNFIT_TR}|{_CANNOT} {_SAID}|{_SAID} {_UNFIT_EN}"
    rf"|(?:{DAYS} )?[PB][a-z]?~* (?:haric\w*|disinda)"
    r"|(?:but|except|apart from|other than) [PB]~*"
    r"|(?:saat )?\d{1,2}(?::\d\d)? (?:bana |bize |biraz )*(?:cok )?(?:erken|gec)(?: olur| kalir)?"
    rf"|(?:saat )?{CLOCK} (?:degil(?: de)?|(?:is )?too (?:early|late))"
)


# What has come today is no time to come: "22 kasa geldi bugün", "baked this morning".
_CAME_TR = r"(?:geldi\w*|ulasti|pisti|cikti|yapildi|aldik)"
_BEFORE = re.compile(rf" (?:{_CAME_TR}|(?:came|come|arrived|delivered|baked|made)(?: in)?) $")
_BEHIND = re.compile(rf" (?:taze |yeni )?{_CAME_TR}(?= )")


def reject(marks: Marks) -> None:
    """Take out times that are refused or past, so that no later rule sees them."""
    for found in list(marks.find(rf"(?P<d>{DAYS})(?: P~*)?")):
        before, behind = marks.scan.whole[: found.start()], marks.scan.whole[found.end() :]
        came = _BEFORE.search(before) or _BEHIND.match(behind)
        if came and marks.value(found, "d").is_today:
            marks.take(*found.span(), "rejected")
    for found in list(marks.find(_UNFIT)):
        marks.take(*found.span(), "rejected")
