"""A language model for messages of which the rules are unsure; off by default.

It is asked outside any transaction, within a budget, and only suggests a reading: what binds or
ends something is never taken from it, and no amount, count, hour or name that the message does not
hold. ``domain`` says when it may be asked, ``prompt`` what it sees, ``answer`` and ``grounding``
what of its answer counts. Public services: ``wants_advice``, ``advise``.
"""
