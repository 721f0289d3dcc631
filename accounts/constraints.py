"""What a violated constraint of this app means."""

CODES = {
    "person_language": "identity.language",
    "person_identifier_one_owner": "identity.disagrees",
    "person_identifier_kind": "identity.kind",
    "person_identifier_value": "identity.empty",
    "accounts_staff_user_username_key": "staff.username_taken",
    "seller_organisation_external_id": "organisation.external_id_taken",
    "seller_organisation_state": "organisation.state",
    "seller_organisation_name": "organisation.name_missing",
    "membership_somebody": "member.nobody",
    "membership_role": "member.role",
    "membership_staff_user_once": "member.already",
    "membership_person_once": "member.already",
    "consent_event_source_key": "consent.already_recorded",
    "consent_event_append_only": "record.append_only",
    "consent_event_purpose": "consent.unknown",
    "consent_event_change": "consent.unknown",
    "consent_state_marketing": "consent.unknown",
    "api_token_digest": "token.collision",
}
