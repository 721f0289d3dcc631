"""Stable codes for what is odd about an item: reasons set it aside, flags only mark it."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why an item is quarantined or ignored."""

    # the whole body
    BODY_EMPTY = "body_empty"
    BODY_NOT_UTF8 = "body_not_utf8"
    BODY_NOT_JSON = "body_not_json"
    ROOT_NOT_OBJECT = "root_not_object"
    OBJECT_MISSING = "object_missing"
    OBJECT_OTHER = "object_other"
    ENTRY_MISSING = "entry_missing"
    # entries, changes, values
    ENTRY_ID_MISSING = "entry_id_missing"
    ACCOUNT_UNKNOWN = "account_unknown"
    CHANGES_MISSING = "changes_missing"
    FIELD_MISSING = "field_missing"
    FIELD_UNKNOWN = "field_unknown"
    THREAD_STANDBY = "thread_standby"
    VALUE_MISSING = "value_missing"
    VALUE_EMPTY = "value_empty"
    PRODUCT_OTHER = "product_other"
    METADATA_MISSING = "metadata_missing"
    NUMBER_UNKNOWN = "number_unknown"
    NOT_A_LIST = "not_a_list"
    NOT_AN_OBJECT = "not_an_object"
    # messages
    ID_MISSING = "id_missing"
    ID_UNFIT = "id_unfit"
    TYPE_MISSING = "type_missing"
    SENDER_MISSING = "sender_missing"
    SENDER_DISAGREES = "sender_disagrees"
    CONTENT_MISSING = "content_missing"
    CONTENT_DISAGREES = "content_disagrees"
    CONTENT_NOT_OBJECT = "content_not_object"
    TEXT_MISSING = "text_missing"
    TEXT_NOT_TEXT = "text_not_text"
    CHOICE_MISSING = "choice_missing"
    CHOICE_ID_OVERSIZE = "choice_id_oversize"
    INTERACTIVE_UNKNOWN = "interactive_unknown"
    REACTION_WITHOUT_MESSAGE = "reaction_without_message"
    SYSTEM_UNKNOWN = "system_unknown"
    NEW_NUMBER_MISSING = "new_number_missing"
    ORIGINAL_MISSING = "original_missing"
    # statuses and events
    STATUS_MISSING = "status_missing"
    STATUS_UNKNOWN = "status_unknown"
    PREFERENCE_UNKNOWN = "preference_unknown"
    IDENTITY_INCOMPLETE = "identity_incomplete"
    # set by the receiver, not by the parser
    SUPERSEDED = "superseded"


# Not for us, yet somebody should look: wrong wiring or a product switched on by mistake.
ALARMING = frozenset({Reason.ACCOUNT_UNKNOWN, Reason.NUMBER_UNKNOWN, Reason.THREAD_STANDBY})


class Flag(StrEnum):
    """What was repaired or is doubtful in an item that is worked on all the same."""

    TIME_MISSING = "time_missing"
    TIME_UNREADABLE = "time_unreadable"
    TIME_IN_FUTURE = "time_in_future"
    PHONE_UNREADABLE = "phone_unreadable"
    USER_ID_UNREADABLE = "user_id_unreadable"
    TEXT_CUT = "text_cut"
    TYPE_UNKNOWN = "type_unknown"
    CHOICE_ID_MISSING = "choice_id_missing"
    FORM_UNREADABLE = "form_unreadable"
    FORM_WITHOUT_TOKEN = "form_without_token"
    MEDIA_ID_MISSING = "media_id_missing"
    MEDIA_ID_REFUSED = "media_id_refused"
    MEDIA_TYPE_REFUSED = "media_type_refused"
    LOCATION_INCOMPLETE = "location_incomplete"
    LOCATION_OUT_OF_RANGE = "location_out_of_range"
    LOCATION_ZERO = "location_zero"
    LOCATION_NAME_ONLY = "location_name_only"
    PREVIOUS_ID_FROM_TEXT = "previous_id_from_text"
    RECIPIENT_DISAGREES = "recipient_disagrees"
    PRICING_UNREADABLE = "pricing_unreadable"
    PRICING_UNKNOWN = "pricing_unknown"
    ERROR_MISSING = "error_missing"
    # set when the same id comes again; the first one wins
    REPEATED_OTHER_CONTENT = "repeated_other_content"
    REPEATED_OTHER_SENDER = "repeated_other_sender"
