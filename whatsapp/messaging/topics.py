"""Outbox topics of this slice."""

REPLY_TOPIC = "message.send"
CALL_TOPIC = "call.place"
# The ``form`` in a notice's payload that leaves no choice.
TEMPLATE_FORM = "template"
