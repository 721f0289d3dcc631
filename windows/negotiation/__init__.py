"""Asking a seller for a price for a group, and what the seller answers.

Invariants: an offering is asked about a stretch of time once at a time; an intent is in one live
ask; a price below the seller's floor is never asked and never agreed; an ask ends by itself.
"""
