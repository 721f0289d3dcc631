"""Append-only facts about who did what, written in the transaction that did it."""
