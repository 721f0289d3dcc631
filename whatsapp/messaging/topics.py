"""Outbox topics of this slice."""

REPLY_TOPIC = "message.send"
# The ``form`` in a notice's payload that leaves no choice.
TEMPLATE_FORM = "template"
