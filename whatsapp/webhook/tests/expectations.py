"""Sound bodies: file -> the rows that a post of it leaves behind, in the order of the body."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from iceshop.kernel.time import UTC
from whatsapp.gateway.codes import Flag
from whatsapp.webhook.tests.rows import (
    AYSE,
    INVITE_ID,
    JANE,
    MEHMET,
    MODA_SPOR,
    REPLY_ID,
    VOICE,
    WISH,
    WISH_ID,
    ZEYNEP,
    Row,
    account,
    call,
    error,
    identity,
    message,
    phone_only,
    preference,
    status,
    template,
)

VALID: dict[str, list[Row]] = {
    "account_alerts_limit_deferred.json": [
        account(1140, "account_alerts", "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED")
    ],
    "account_review_update.json": [account(1130, "account_review_update", "APPROVED")],
    "account_update_disabled.json": [account(1120, "account_update", "DISABLED_UPDATE")],
    "account_update_restriction.json": [account(1100, "account_update", "ACCOUNT_RESTRICTION")],
    "account_update_violation.json": [account(1110, "account_update", "ACCOUNT_VIOLATION")],
    "account_update_volume_tier.json": [
        account(1125, "account_update", "VOLUME_BASED_PRICING_TIER_UPDATE")
    ],
    "business_capability_update.json": [account(1150, "business_capability_update", "")],
    "call_terminate_user_initiated_completed.json": [call(820, MODA_SPOR, "COMPLETED", 95)],
    "call_terminate_user_initiated_missed.json": [call(700, MODA_SPOR, "FAILED", 0)],
    "message_audio_file.json": [
        message(
            130,
            "audio",
            MEHMET,
            media_id="1403383421380002",
            mime_type="audio/mpeg",
            sha256="P6Q3rXrbaj7098rdFTudUPQtRuHZn30g1Uy/vkhtiYw=",
        )
    ],
    "message_audio_voice_note.json": [message(120, "audio", AYSE, **VOICE)],
    "message_button_template_quick_reply.json": [
        message(240, "choice", MODA_SPOR, choice_id="offer:ofr_91b2:accept", title="Onayla")
    ],
    "message_button_without_context.json": [
        message(245, "choice", MODA_SPOR, choice_id="offer:ofr_91b2:counter", title="Karşı teklif")
    ],
    "message_contacts_phone_request_answered.json": [
        message(265, "contact_cards", ZEYNEP, is_own=True, phones=("905550000103",), cards=1)
    ],
    "message_contacts_shared.json": [
        message(260, "contact_cards", AYSE, is_own=False, phones=(), cards=1)
    ],
    "message_document.json": [
        message(
            160,
            "document",
            MODA_SPOR,
            media_id="1403383421380005",
            mime_type="application/pdf",
            sha256="uw5PSUQ3lNkB6Jaf8RvREuNCCKDc3w4e7bSAzJs8cpM=",
            filename="fiyat_listesi.pdf",
        )
    ],
    "message_edit.json": [
        message(300, "edit", AYSE, message_id=WISH_ID, text="Bütçem 4.000 TL olsun")
    ],
    "message_image.json": [
        message(
            140,
            "image",
            AYSE,
            media_id="1403383421380003",
            mime_type="image/jpeg",
            sha256="DPRX4kpHnwL9TTRUA4n3IPCAfc/5KnViEIFlsmN+qC8=",
            caption="Böyle bir şey arıyorum",
        )
    ],
    "message_interactive_button_reply.json": [
        message(200, "choice", AYSE, choice_id="window:wnd_7f3a:join", title="Geliyorum")
    ],
    "message_interactive_call_permission_accept.json": [
        message(
            230,
            "call_permission",
            MODA_SPOR,
            is_granted=True,
            granted_until=datetime.fromtimestamp(1_795_775_630, UTC),
        )
    ],
    "message_interactive_call_permission_reject.json": [
        message(231, "call_permission", MODA_SPOR, is_granted=False)
    ],
    "message_interactive_list_reply.json": [
        message(
            210,
            "choice",
            MEHMET,
            choice_id="district:kadikoy",
            title="Kadıköy",
            description="Moda, Caferağa, Osmanağa",
        )
    ],
    "message_interactive_list_reply_no_description.json": [
        message(215, "choice", MEHMET, choice_id="budget:3000-4000", title="3.000-4.000 TL")
    ],
    "message_interactive_nfm_reply.json": [
        message(
            220,
            "form",
            JANE,
            token="itk_5c1d0e",
            answers={
                "product": "wool winter coat",
                "district": "moda",
                "budget_max": "5000",
                "available_from": "18:00",
            },
        )
    ],
    "message_location_pin.json": [
        message(180, "location", AYSE, latitude=40.990311, longitude=29.027469)
    ],
    "message_location_place.json": [
        message(
            185,
            "location",
            MODA_SPOR,
            latitude=40.981743,
            longitude=29.026092,
            name="Moda Spor",
            address="Moda Cd. No:1, 34710 Kadıköy/İstanbul",
        )
    ],
    "message_order.json": [
        message(
            270,
            "order",
            MEHMET,
            details={
                "catalog_id": "194836987009999",
                "text": "",
                "product_items": [
                    {
                        "product_retailer_id": "SKU-RUN-42",
                        "quantity": 1,
                        "item_price": 3299.9,
                        "currency": "TRY",
                    },
                    {
                        "product_retailer_id": "SKU-SOCK-2",
                        "quantity": 2,
                        "item_price": 150,
                        "currency": "TRY",
                    },
                ],
            },
        )
    ],
    "message_reaction_added.json": [
        message(250, "reaction", AYSE, message_id=INVITE_ID, emoji="👍")
    ],
    "message_reaction_removed.json": [
        message(255, "reaction", AYSE, message_id=INVITE_ID, emoji="")
    ],
    "message_request_welcome.json": [message(-5, "welcome", JANE)],
    "message_revoke.json": [message(310, "revoke", AYSE, message_id=REPLY_ID)],
    "message_sticker.json": [
        message(
            170,
            "sticker",
            AYSE,
            media_id="1403383421380006",
            mime_type="image/webp",
            sha256="dAPyFFbLQMvYU2BsEecrWmfVKSG0TzsSD8Z0Fk5VX3U=",
        )
    ],
    "message_system_user_changed_number.json": [
        message(
            280,
            "identity_change",
            replace(MEHMET, user_id="", name=""),
            phone="905550000112",
            user_id="TR.10000000000000000112",
        )
    ],
    "message_system_user_changed_user_id.json": [
        message(
            285,
            "identity_change",
            replace(ZEYNEP, name="", username=""),
            Flag.PREVIOUS_ID_FROM_TEXT,
            user_id="TR.10000000000000000113",
            previous_user_id="TR.10000000000000000103",
        )
    ],
    "message_text_click_to_whatsapp_ad.json": [
        message(60, "text", MEHMET, text="Bu kampanya hakkında bilgi almak istiyorum.")
    ],
    "message_text_en.json": [
        message(
            20,
            "text",
            JANE,
            text="Hi! Looking for a wool winter coat around Moda tomorrow after 6pm, "
            "up to 5k lira. Size M.",
        )
    ],
    "message_text_forwarded.json": [
        message(40, "text", MEHMET, text="Stokta var mı? https://example.com/urun/42")
    ],
    "message_text_opt_out.json": [message(3600, "text", MEHMET, text="DUR")],
    "message_text_reply.json": [message(95, "text", AYSE, text="Evet, Moda Spor bana uyar.")],
    "message_text_tr.json": [message(0, "text", AYSE, text=WISH)],
    "message_text_username_no_phone.json": [
        message(70, "text", ZEYNEP, text="Kablosuz kulaklık arıyorum, Beşiktaş, 2000 TL")
    ],
    "message_text_without_user_id.json": [
        message(
            80, "text", replace(AYSE, user_id=""), text="Bu gövde Nisan 2026 öncesi biçimdedir."
        )
    ],
    "message_unsupported_poll.json": [
        message(290, "unsupported", AYSE, what="poll_creation", code=131051)
    ],
    "message_unsupported_unavailable.json": [
        message(290, "unsupported", AYSE, what="", code=131060)
    ],
    "message_video.json": [
        message(
            150,
            "video",
            MEHMET,
            media_id="1403383421380004",
            mime_type="video/mp4",
            sha256="dLEqYiZE2NyzN6yisxK4XvdSuVC9YANoCp/lImJoePI=",
            caption="Mağazanın içi",
        )
    ],
    "phone_number_name_update.json": [account(1170, "phone_number_name_update", "APPROVED")],
    "phone_number_quality_update.json": [
        account(1160, "phone_number_quality_update", "THROUGHPUT_UPGRADE")
    ],
    "status_delivered_service.json": [
        status(91, "delivered", AYSE, pricing=("service", "regular", True))
    ],
    "status_delivered_service_free.json": [
        status(206, "delivered", MEHMET, pricing=("service", "free_customer_service", False))
    ],
    "status_delivered_username_no_phone.json": [
        status(76, "delivered", ZEYNEP, pricing=("service", "regular", True))
    ],
    "status_delivered_utility.json": [
        status(402, "delivered", AYSE, pricing=("utility", "regular", True))
    ],
    "status_failed_130472_experiment.json": [status(638, "failed", phone_only(AYSE), code=130472)],
    "status_failed_131000_unknown.json": [
        status(637, "failed", phone_only(MODA_SPOR), code=131000)
    ],
    "status_failed_131026_undeliverable.json": [
        status(630, "failed", phone_only(AYSE), code=131026)
    ],
    "status_failed_131042_payment.json": [status(639, "failed", phone_only(AYSE), code=131042)],
    "status_failed_131047_outside_window.json": [
        status(631, "failed", phone_only(MEHMET), code=131047)
    ],
    "status_failed_131048_spam_limit.json": [
        status(634, "failed", phone_only(MEHMET), code=131048)
    ],
    "status_failed_131049_marketing_limit.json": [
        status(632, "failed", phone_only(AYSE), code=131049)
    ],
    "status_failed_131050_marketing_stopped.json": [
        status(633, "failed", phone_only(MEHMET), code=131050)
    ],
    "status_failed_131053_media_upload.json": [
        status(635, "failed", phone_only(AYSE), code=131053)
    ],
    "status_failed_132015_template_paused.json": [
        status(636, "failed", phone_only(AYSE), code=132015)
    ],
    "status_failed_username_recipient.json": [status(640, "failed", ZEYNEP, code=131026)],
    "status_played.json": [status(330, "played", JANE)],
    "status_read.json": [status(199, "read", AYSE)],
    "status_read_without_delivered.json": [
        status(214, "read", MEHMET, pricing=("utility", "regular", True))
    ],
    "status_sent_free_entry_point.json": [
        status(510, "sent", MEHMET, pricing=("referral_conversion", "free_entry_point", False))
    ],
    "status_sent_marketing.json": [
        status(
            196, "sent", AYSE, pricing=("marketing", "regular", True), opaque="out_01JEXAMPLE0001"
        )
    ],
    "status_sent_utility.json": [status(400, "sent", AYSE, pricing=("utility", "regular", True))],
    "status_sent_v23_conversation.json": [
        status(500, "sent", AYSE, pricing=("marketing", "", True))
    ],
    "template_category_update.json": [
        template(1060, "template_category_update", "MARKETING", "flash_window_last_call")
    ],
    "template_components_update.json": [
        template(1070, "message_template_components_update", "", "flash_window_last_call")
    ],
    "template_quality_update.json": [
        template(1050, "message_template_quality_update", "YELLOW", "flash_window_last_call")
    ],
    "template_status_approved.json": [
        template(1000, "message_template_status_update", "APPROVED", "flash_window_last_call")
    ],
    "template_status_disabled.json": [
        template(1030, "message_template_status_update", "DISABLED", "flash_window_invite")
    ],
    "template_status_paused.json": [
        template(1020, "message_template_status_update", "PAUSED", "flash_window_invite")
    ],
    "template_status_pending_deletion_null_reason.json": [
        template(
            1040, "message_template_status_update", "PENDING_DELETION", "flash_window_last_call"
        )
    ],
    "template_status_rejected.json": [
        template(1010, "message_template_status_update", "REJECTED", "flash_window_invite")
    ],
    "user_id_update.json": [
        identity(1210, MEHMET.user_id, "TR.10000000000000000112", "905550000112")
    ],
    "user_preferences_resume.json": [preference(1200, MEHMET, "resume")],
    "user_preferences_stop.json": [preference(1200, MEHMET, "stop")],
    "value_errors_out_of_band.json": [error(130429)],
}
