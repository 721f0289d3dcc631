"""What is to be expected: wishes per place, kind and hour, and the arithmetic behind it.

`numerics` is pure: arrays in, arrays out, no framework, no database.
"""
