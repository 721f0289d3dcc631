"""Ways to a person beside WhatsApp: SMS through any gateway that speaks plain HTTP.

The wire format is in ``docs/notices.md``; the simulator speaks the same.
"""
