"""The port to the WhatsApp Cloud API: what arrives, what is sent, over which wire.

Pure parts: ``signature`` (who signed these bytes), ``wire`` (bytes to items), ``items`` and ``codec``
(what an item is, and its JSON), ``messages`` (outgoing bodies), ``errors`` (what a refusal means).
``client`` speaks HTTP; ``connection`` makes the client from the settings. Nothing here has a table.
"""
