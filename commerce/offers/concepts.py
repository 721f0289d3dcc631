"""Which concept a product belongs to by its name."""

from __future__ import annotations

import re

from commerce.catalog import services as catalog
from commerce.catalog.domain import refuse_restricted, stored_name
from commerce.catalog.queries import ConceptCard, concept_for, concept_named, restricted_words

_SIZE = re.compile(r"[,(]|\d")


def concept_of(text: str) -> ConceptCard:
    """The concept of a product called ``text``: a known one, else a new one of this name.

    Writes the new concept, so it needs a transaction. The goods policy holds for longer names too:
    one banned word in them is enough.
    Raises: NotAllowed("product.restricted"), Invalid("product.name_missing").
    """
    known = concept_for(text)
    if known is None:
        refuse_restricted(is_restricted=bool(restricted_words(text)))
        known = _concept_at_end(text)
    if known is None:
        name = stored_name(text)
        known = catalog.put_concept(name_tr=name, name_en=name, category="other")
    refuse_restricted(is_restricted=known.is_restricted)
    return known


def _concept_at_end(text: str) -> ConceptCard | None:
    """The concept that the last words name: both languages put what a thing is at the end.

    What follows a comma or a number is a size: "baklava, 250 g".
    """
    words = _SIZE.split(text)[0].split()
    tails = (" ".join(words[start:]) for start in range(len(words)))
    return next((found for tail in tails if (found := concept_named(tail))), None)
