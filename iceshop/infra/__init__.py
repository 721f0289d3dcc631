"""Mechanisms without business meaning: clock, transactions, outbox, schedule, live layer, HTTP."""
