"""Tills: phones that scan passes, what they know without connection, and what they tell late."""
