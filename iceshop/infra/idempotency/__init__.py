"""Requests that may be sent again: the first answer under an ``Idempotency-Key`` is kept.

Owns IdempotencyRecord. A key belongs to one principal and one route; with another body it is
refused, while the first request is still running it is answered 409. Answers that say "try again"
(5xx, 429) are not kept; the others are kept for 48 hours.
"""
