"""What is to be expected: wishes per place, kind and hour, and the arithmetic behind it.

Owns the counted hours, the fits made from them each night and the weeks they foresee. A wish counts
once, in the hour from which on it is wanted. Hours are counted when they are over, from whoever
holds the wishes, and counting one again changes nothing. What is shown is always a range with the
level that it speaks of. `numerics` is pure: arrays in, arrays out, no framework, no database.
"""
