"""Readers of everything that is no message: statuses, calls, preferences, ids, account events."""

from __future__ import annotations

from whatsapp.gateway import fields
from whatsapp.gateway.codes import Flag, Reason
from whatsapp.gateway.fields import Flags, Object
from whatsapp.gateway.items import (
    AccountEvent,
    Call,
    ErrorNotice,
    IdentityUpdate,
    Preference,
    Pricing,
    Sender,
    Status,
    TemplateEvent,
)
from whatsapp.gateway.refused import Refused

STATUSES = frozenset({"sent", "delivered", "read", "played", "failed"})

# Field of a change -> member of its value that says what happened.
TEMPLATE_FIELDS = {
    "message_template_status_update": "event",
    "message_template_quality_update": "new_quality_score",
    "template_category_update": "new_category",
    "message_template_components_update": "",
}
ACCOUNT_FIELDS = {
    "account_update": "event",
    "account_review_update": "decision",
    "account_alerts": "",
    "business_capability_update": "",
    "phone_number_quality_update": "event",
    "phone_number_name_update": "decision",
    "business_username_update": "status",
    "security": "event",
}


def read_status(status: Object, flags: Flags) -> Status:
    """Return a status; an unknown word is refused as harmless, a missing one is not."""
    message_id = fields.required_id(status, "id")
    word = fields.line(status.get("status"), 32)
    if not word:
        raise Refused(Reason.STATUS_MISSING)
    if word not in STATUSES:
        raise Refused(Reason.STATUS_UNKNOWN, word, is_harmless=True)
    errors = read_errors(status.get("errors"))
    if word == "failed" and not errors:
        flags.append(Flag.ERROR_MISSING)
    return Status(
        message_id=message_id,
        status=word,
        phone=fields.phone(status.get("recipient_id"), flags),
        user_id=fields.user_id(status.get("recipient_user_id"), flags),
        opaque=fields.line(status.get("biz_opaque_callback_data"), 512),
        pricing=_pricing(status.get("pricing"), flags),
        errors=errors,
    )


def _pricing(pricing: object, flags: Flags) -> Pricing | None:
    if pricing is None:
        return None
    if not fields.is_object(pricing):
        flags.append(Flag.PRICING_UNREADABLE)
        return None
    billable = pricing.get("billable")
    model = fields.line(pricing.get("pricing_model"), 20)
    if model != "PMP":
        flags.append(Flag.PRICING_UNKNOWN)
    return Pricing(
        is_billable=billable if isinstance(billable, bool) else None,
        model=model,
        type=fields.line(pricing.get("type"), 40),
        category=fields.line(pricing.get("category"), 40),
    )


def read_errors(errors: object) -> tuple[ErrorNotice, ...]:
    """Return the errors of a list, or of a single object in its place."""
    given = errors if isinstance(errors, list) else [errors]
    return tuple(read_error(error) for error in given[:10] if fields.is_object(error))


def read_error(error: Object) -> ErrorNotice:
    """Return one error; its code may be a number or text, its details an object or text."""
    extra = error.get("error_data")
    details = extra.get("details") if fields.is_object(extra) else extra
    return ErrorNotice(
        code=fields.number(error.get("code")),
        title=fields.line(error.get("title")),
        details=fields.line(details, 512),
    )


def read_call(call: Object, sender: Sender) -> Call:
    """Return a call event."""
    return Call(
        call_id=fields.required_id(call, "id"),
        sender=sender,
        event=fields.line(call.get("event"), 32),
        is_from_person=call.get("direction") == "USER_INITIATED",
        outcome=fields.line(call.get("status"), 32),
        duration_seconds=fields.number(call.get("duration")) or 0,
    )


def read_preference(preference: Object, sender: Sender) -> Preference:
    """Return a change of what the person wants to get."""
    value = preference.get("value")
    if value not in ("stop", "resume"):
        raise Refused(Reason.PREFERENCE_UNKNOWN, fields.line(value, 32))
    category = fields.line(preference.get("category"), 40)
    return Preference(sender=sender, category=category, is_stopped=value == "stop")


def read_identity(update: Object, flags: Flags) -> IdentityUpdate:
    """Return the old and the new id of a person."""
    ids = fields.member(update, "user_id")
    previous = fields.user_id(ids.get("previous"), flags)
    current = fields.user_id(ids.get("current"), flags)
    if not previous or not current:
        raise Refused(Reason.IDENTITY_INCOMPLETE)
    phone = fields.phone(update.get("wa_id"), flags)
    return IdentityUpdate(previous_user_id=previous, user_id=current, phone=phone)


def read_template(name: str, value: Object) -> TemplateEvent:
    """Return what happened to a template."""
    return TemplateEvent(
        field=name,
        event=fields.line(value.get(TEMPLATE_FIELDS[name]), 40),
        name=fields.line(value.get("message_template_name"), 512),
        language=fields.line(value.get("message_template_language"), 16),
        details=fields.details_of(value),
    )


def read_account(name: str, value: Object) -> AccountEvent:
    """Return what happened to the account or the number."""
    event = fields.line(value.get(ACCOUNT_FIELDS[name]), 60)
    if name == "account_alerts":
        event = fields.line(fields.member(value, "alert_info").get("alert_type"), 60)
    return AccountEvent(field=name, event=event, details=fields.details_of(value))
