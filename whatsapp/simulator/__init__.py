"""The stand-in for the WhatsApp Cloud API, and the phones of the people who use it.

Speaks the platform's wire format over HTTP, so the product's own client and webhook run unchanged
against it. Owns the simulated people, what was said to and by them, uploaded media, templates, the
deliveries to the webhook, and the faults that tests order. It knows nothing of the product but its
kernel and mechanisms, and does not exist unless ``SIMULATOR_ENABLED``.

Public services: ``add_person``, ``write_as_person``, ``accept_outbound``, ``drain_deliveries``,
``order_fault``.
"""
