"""What a buyer wants, until when, within what. An intent counts from its declaration to its end.

Public services: declare_intent, move (pause, resume, seat, unseat, fulfil, cancel, drop), widen,
retime, note_wait, claim_promise, expire_due.
"""
