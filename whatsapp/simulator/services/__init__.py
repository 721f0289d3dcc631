"""Writes of the simulator."""

from whatsapp.simulator.services.deliveries import drain_deliveries
from whatsapp.simulator.services.faults import clear_faults, order_fault
from whatsapp.simulator.services.media import keep_upload, remove_media
from whatsapp.simulator.services.people import add_person
from whatsapp.simulator.services.sending import Answer, accept_outbound, answer_send
from whatsapp.simulator.services.templates import create_template, delete_template
from whatsapp.simulator.services.writing import WrittenRef, write_as_person

__all__ = [
    "Answer",
    "WrittenRef",
    "accept_outbound",
    "add_person",
    "answer_send",
    "clear_faults",
    "create_template",
    "delete_template",
    "drain_deliveries",
    "keep_upload",
    "order_fault",
    "remove_media",
    "write_as_person",
]
