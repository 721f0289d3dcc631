"""The decision engine: pure functions from a snapshot of the market to decisions.

Standard library only, but for ``search``, which is imported when it is asked for. It reads no
database, no random numbers and no clock but for ``Parameters.search_seconds``: the same snapshot,
parameters and seed give the same decisions everywhere.
"""
