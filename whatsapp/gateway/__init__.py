"""The port to the WhatsApp Cloud API: what arrives, what is sent, over which wire.

Pure parts: ``signature`` (who signed these bytes), ``wire`` (bytes to items), ``items`` and
``content`` (what an item is), ``messages`` and ``requests`` (outgoing bodies and their wire form),
``codec`` (all of them as stored JSON), ``errors`` (what a refusal means). ``client`` and ``media``
speak HTTP; ``connection`` makes the client from the settings. Nothing here has a table.
"""
