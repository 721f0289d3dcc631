"""The consent ledger: who agreed to what, in which words, when and where.

Owns ConsentEvent (append-only, guarded by a trigger) and ConsentState, its summary a person.
Declining marketing never stops the service.
"""
