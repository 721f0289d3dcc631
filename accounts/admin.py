"""Admin pages of the accounts app."""

from accounts.consent.admin import ConsentEventAdmin, ConsentStateAdmin
from accounts.credentials.admin import FailedLoginAdmin, StaffUserAdmin
from accounts.identity.admin import PersonAdmin, PersonIdentifierAdmin
from accounts.orgs.admin import MembershipAdmin, SellerOrganisationAdmin
from accounts.privacy.admin import ErasureRequestAdmin
from accounts.tokens.admin import ApiTokenAdmin

__all__ = [
    "ApiTokenAdmin",
    "ConsentEventAdmin",
    "ConsentStateAdmin",
    "ErasureRequestAdmin",
    "FailedLoginAdmin",
    "MembershipAdmin",
    "PersonAdmin",
    "PersonIdentifierAdmin",
    "SellerOrganisationAdmin",
    "StaffUserAdmin",
]
