"""Decide what to do and what to answer: (state, event, facts) -> (state, commands, replies)."""
