"""Rounds and decisions in the admin, with their reasons."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from windows.rounds.models import (
    DecisionRecord,
    EngineMode,
    Round,
    RoundPart,
    RoundRecord,
    RoundSeed,
)


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin[Round]):
    """Rounds that decided something new, newest first."""

    list_display = (
        "at",
        "part_key",
        "intents",
        "offers",
        "milliseconds",
        "parameters_version",
        "seed",
    )
    list_filter = ("parameters_version", "at")
    search_fields = ("id", "decisions__decision_key")
    date_hierarchy = "at"
    ordering = ("-at", "-id")


@admin.register(DecisionRecord)
class DecisionRecordAdmin(ReadOnlyAdmin[DecisionRecord]):
    """Decisions, newest first: what, for how many, why, and what became of it."""

    list_display = (
        "round__at",
        "action",
        "offering__product__name_tr",
        "offering__store__name",
        "people",
        "price_minor",
        "score_permille",
        "result",
    )
    list_filter = ("action", "result", "round__at")
    search_fields = ("decision_key", "round__id", "intents", "offering__store__name")
    list_select_related = ("round", "offering__product", "offering__store")
    date_hierarchy = "round__at"
    ordering = ("-round__at", "-id")


@admin.register(RoundRecord)
class RoundRecordAdmin(ReadOnlyAdmin[RoundRecord]):
    """Which rounds can still be played again; ``manage.py round export`` writes them out."""

    list_display = ("round__at", "round")
    list_filter = ("round__at",)
    search_fields = ("round__id",)
    list_select_related = ("round",)
    exclude = ("content",)
    date_hierarchy = "round__at"
    ordering = ("-round__at", "-round_id")


@admin.register(RoundPart)
class RoundPartAdmin(ReadOnlyAdmin[RoundPart]):
    """Parts of the market, the one that is due first on top."""

    list_display = ("key", "decided_at", "due_at")
    list_filter = ("decided_at",)
    search_fields = ("key",)
    ordering = ("due_at", "key")


@admin.register(RoundSeed)
class RoundSeedAdmin(ReadOnlyAdmin[RoundSeed]):
    """Since when there are seeds; what lots are drawn from is told on the operator's page."""

    list_display = ("day", "stored_at")
    list_filter = ("day",)
    search_fields = ("day",)
    exclude = ("secret",)
    ordering = ("-day",)


@admin.register(EngineMode)
class EngineModeAdmin(ReadOnlyAdmin[EngineMode]):
    """Switches between search and the plain rule, with who and why."""

    list_display = ("at", "mode", "actor_kind", "actor_key", "reason")
    list_filter = ("mode", "at")
    search_fields = ("actor_key", "reason")
    ordering = ("-at", "-id")
