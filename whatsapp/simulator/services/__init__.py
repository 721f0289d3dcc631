"""Writes of the simulator."""

from whatsapp.simulator.services.deliveries import drain_deliveries
from whatsapp.simulator.services.faults import clear_faults, order_fault
from whatsapp.simulator.services.media import keep_upload, remove_media
from whatsapp.simulator.services.people import add_person
from whatsapp.simulator.services.sending import Answer, accept_outbound, answer_send
from whatsapp.simulator.services.sms import PhonesGateway, drain_sms, receive_sms, reply_by_sms
from whatsapp.simulator.services.templates import create_template, delete_template
from whatsapp.simulator.services.voice import Telephone, dial, take_call
from whatsapp.simulator.services.writing import WrittenRef, write_as_person

__all__ = [
    "Answer",
    "PhonesGateway",
    "Telephone",
    "WrittenRef",
    "accept_outbound",
    "add_person",
    "answer_send",
    "clear_faults",
    "create_template",
    "delete_template",
    "dial",
    "drain_deliveries",
    "drain_sms",
    "keep_upload",
    "order_fault",
    "receive_sms",
    "remove_media",
    "reply_by_sms",
    "take_call",
    "write_as_person",
]
