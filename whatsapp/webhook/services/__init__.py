"""Receiving, claiming and replaying."""

from whatsapp.webhook.services.claiming import (
    claim_items,
    claim_lane,
    mark_done,
    put_back,
    quarantine,
    wake_lane,
)
from whatsapp.webhook.services.receiving import Receipt, count_refusal, receive
from whatsapp.webhook.services.replaying import replay_delivery

__all__ = [
    "Receipt",
    "claim_items",
    "claim_lane",
    "count_refusal",
    "mark_done",
    "put_back",
    "quarantine",
    "receive",
    "replay_delivery",
    "wake_lane",
]
