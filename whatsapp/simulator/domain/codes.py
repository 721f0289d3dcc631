"""The platform's documented error codes and the JSON in which it reports them.

Source: "Error codes" of the WhatsApp Cloud API, September 2026. ``later`` marks the codes that are
reported as a ``failed`` status after the message was accepted; the others refuse the request.
"""

from __future__ import annotations

from dataclasses import dataclass

Json = dict[str, object]

# The platform caps nothing here, but a trace id of this length is what it shows.
TRACE_LENGTH = 22
HELP_URL = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


@dataclass(frozen=True, slots=True)
class PlatformCode:
    """One documented code: its title, its explanation, its HTTP status, and when it is reported."""

    code: int
    title: str
    details: str
    http_status: int = 400
    later: bool = False


_UNKNOWN = "An unknown error occurred."
_TABLE = (
    PlatformCode(0, "AuthException", "We were unable to authenticate the app user.", 401),
    PlatformCode(1, "API Unknown", "Invalid request or possible server error."),
    PlatformCode(2, "API Service", "Temporary due to downtime or due to being overloaded.", 503),
    PlatformCode(3, "API Method", "Capability or permissions issue.", 500),
    PlatformCode(4, "API Too Many Calls", "The app has reached its API call rate limit."),
    PlatformCode(10, "Permission Denied", "Permission is either not granted or removed.", 403),
    PlatformCode(33, "Parameter value is not valid", "The business phone number was deleted."),
    PlatformCode(100, "Invalid parameter", "The request included an unsupported parameter."),
    PlatformCode(190, "Access token has expired", "Your access token has expired.", 401),
    PlatformCode(368, "Temporarily blocked for policies violations", "Account blocked.", 403),
    PlatformCode(80007, "Rate limit issues", "The account has reached its rate limit."),
    PlatformCode(130403, "User blocked", "The business has blocked this user."),
    PlatformCode(130429, "Rate limit hit", "Cloud API message throughput has been reached.", 429),
    PlatformCode(
        130472,
        "User's number is part of an experiment",
        "Failed to send message because this user's phone number is part of an experiment",
        later=True,
    ),
    PlatformCode(130497, "Business account is restricted", "Not allowed in this country.", 403),
    PlatformCode(131000, "Something went wrong", _UNKNOWN, 500),
    PlatformCode(131005, "Access denied", "Permission is either not granted or removed.", 403),
    PlatformCode(131008, "Required parameter is missing", "A required parameter is missing."),
    PlatformCode(131009, "Parameter value is not valid", "A parameter value is invalid."),
    PlatformCode(131016, "Service unavailable", "A service is temporarily unavailable.", 500),
    PlatformCode(131021, "Recipient cannot be sender", "Sender and recipient are the same."),
    PlatformCode(131026, "Message undeliverable", "Message Undeliverable.", later=True),
    PlatformCode(131030, "Recipient phone number not in allowed list", "Not in allowed list."),
    PlatformCode(131031, "Business Account locked", "The account has been locked.", 403),
    PlatformCode(131037, "Display name approval needed", "The display name is not approved."),
    PlatformCode(
        131042,
        "Business eligibility payment issue",
        "Message failed to send because there were one or more errors related to your payment "
        "method.",
        later=True,
    ),
    PlatformCode(131045, "Incorrect certificate", "Phone number registration error.", 500),
    PlatformCode(
        131047,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last "
        "replied to this number.",
        later=True,
    ),
    PlatformCode(
        131048,
        "Spam rate limit hit",
        "Message failed to send because there are restrictions on how many messages can be sent "
        "from this phone number.",
        later=True,
    ),
    PlatformCode(
        131049,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
        later=True,
    ),
    PlatformCode(
        131050,
        "User has stopped marketing messages",
        "Unable to deliver the message. This recipient has chosen to stop receiving marketing "
        "messages on WhatsApp from your business.",
        later=True,
    ),
    PlatformCode(131051, "Unsupported message type", "Unsupported message type."),
    PlatformCode(131052, "Media download error", "Unable to download the media.", later=True),
    PlatformCode(131053, "Media upload error", "Unable to upload the media.", later=True),
    PlatformCode(
        131056,
        "Pair rate limit hit",
        "Too many messages sent from this phone number to the same phone number in a short period.",
        429,
    ),
    PlatformCode(131057, "Account in maintenance mode", "Business Account is in maintenance.", 500),
    PlatformCode(131062, "Recipient id not allowed", "This message needs a phone number."),
    PlatformCode(132000, "Template param count mismatch", "The number of parameters differs."),
    PlatformCode(132001, "Template does not exist", "The template does not exist.", 404),
    PlatformCode(132005, "Template hydrated text too long", "Translated text is too long."),
    PlatformCode(132007, "Template format character policy violated", "Template content refused."),
    PlatformCode(132012, "Template parameter format mismatch", "Parameters are formatted wrong."),
    PlatformCode(
        132015,
        "Template is paused",
        "Template is paused due to low quality so it cannot be sent in a template message.",
        later=True,
    ),
    PlatformCode(132016, "Template is disabled", "Template was paused too many times."),
    PlatformCode(132018, "Template parameter text refused", "There is an issue with parameters."),
    PlatformCode(133004, "Server temporarily unavailable", "Server is unavailable.", 503),
    PlatformCode(133010, "Phone number not registered", "Phone number is not registered."),
)
CODES = {entry.code: entry for entry in _TABLE}


def platform_code(code: int) -> PlatformCode:
    """The entry of ``code``; one that is not documented refuses the request."""
    return CODES.get(code) or PlatformCode(code, "Unlisted error", _UNKNOWN)


class Refusal(Exception):
    """The platform refuses a request; ``body(trace)`` is the JSON of the answer."""

    def __init__(
        self,
        code: int,
        details: str = "",
        *,
        message: str = "",
        subcode: int | None = None,
        kind: str = "OAuthException",
    ) -> None:
        entry = platform_code(code)
        super().__init__(f"{code}: {details or entry.details}")
        self.code = code
        self.http_status = entry.http_status
        self._message = message or f"(#{code}) {entry.title}"
        self._details = details or entry.details
        self._subcode = subcode
        self._kind = kind

    def body(self, trace: str) -> Json:
        """The error as the platform writes it; ``trace`` is what its support asks for."""
        error: Json = {"message": self._message, "type": self._kind, "code": self.code}
        if self._subcode is not None:
            error["error_subcode"] = self._subcode
        error["error_data"] = {"messaging_product": "whatsapp", "details": self._details}
        error["fbtrace_id"] = trace
        return {"error": error}


def unknown_object(object_id: str) -> Refusal:
    """The refusal of an id that is not ours: code 100 with subcode 33."""
    return Refusal(
        100,
        message=(
            f"Unsupported post request. Object with ID '{object_id}' does not exist, cannot be "
            "loaded due to missing permissions, or does not support this operation."
        ),
        subcode=33,
        kind="GraphMethodException",
    )


def status_error(code: int) -> Json:
    """The entry of ``errors`` in a ``failed`` status."""
    entry = platform_code(code)
    return {
        "code": code,
        "title": entry.title,
        "message": entry.title,
        "error_data": {"details": entry.details},
        "href": HELP_URL,
    }
