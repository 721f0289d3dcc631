"""Tables of the accounts app."""

from accounts.consent.models import ConsentEvent, ConsentState
from accounts.credentials.models import FailedLogin, StaffUser
from accounts.identity.models import Person, PersonIdentifier
from accounts.orgs.models import Membership, SellerOrganisation
from accounts.privacy.models import ErasureRequest
from accounts.tokens.models import ApiToken

__all__ = [
    "ApiToken",
    "ConsentEvent",
    "ConsentState",
    "ErasureRequest",
    "FailedLogin",
    "Membership",
    "Person",
    "PersonIdentifier",
    "SellerOrganisation",
    "StaffUser",
]
