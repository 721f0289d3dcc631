"""What a buyer wants, until when, within what. An intent counts from its declaration to its end.

Public services: declare_intent, pause, resume, cancel, widen, seat, unseat, fulfil, expire_due.
"""
