"""The Flash Purchase Window: its life, its invites and seats, and check-in.

Invariants: ``seats_taken`` never exceeds ``seats_max`` (one conditional update takes a seat);
windows of one offering never overlap; nobody holds two overlapping seats; stock for all seats is
reserved from the opening of the deal to the settling of its result. What is true at an instant
follows from the times, even where the tick that stores it is late.

Public services: see ``services/``.
"""
