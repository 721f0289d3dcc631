"""Stock for windows: a level, append-only movements, and reservations by key.

Owns StockLevel, StockMovement (guarded by a trigger) and StockReservation. What is free is on hand
minus reserved; reserving is one conditional update, so nothing is promised twice.
"""
