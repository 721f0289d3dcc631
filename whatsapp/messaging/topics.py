"""Outbox topics of this slice."""

REPLY_TOPIC = "message.send"
