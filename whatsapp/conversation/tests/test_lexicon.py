"""The names that reading knows follow what shops call their goods."""

from __future__ import annotations

import pytest

from commerce.catalog import queries as catalog
from commerce.catalog import services
from commerce.catalog.models import Concept
from iceshop.infra.db import run_operation
from whatsapp.conversation import lexicon

pytestmark = pytest.mark.django_db


def test_mark_changes_with_every_name_and_only_then() -> None:
    run_operation(services.put_concept, key="tea", name_tr="çay", name_en="tea")
    first = catalog.names_mark()
    assert catalog.names_mark() == first

    run_operation(services.put_concept, key="salep", name_tr="salep", name_en="salep")
    second = catalog.names_mark()
    Concept.objects.filter(key="tea").update(name_en="black tea")

    assert len({first, second, catalog.names_mark()}) == 3


def test_lexicon_is_kept_while_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_TRUST_SECONDS", -1)
    lexicon.forget()
    kept = lexicon.lexicon()
    assert lexicon.lexicon() is kept

    run_operation(
        services.put_concept, key="zulbiye", name_tr="zülbiye", name_en="zulbiye", category="food"
    )
    assert lexicon.lexicon() is not kept
    assert lexicon.lexicon().product("zülbiye") is not None
    lexicon.forget()
