"""The decision engine: pure functions from a snapshot of the market to decisions.

Standard library only. It reads no clock, no database and no random numbers: the same snapshot,
parameters and seed give the same decisions everywhere.
"""
