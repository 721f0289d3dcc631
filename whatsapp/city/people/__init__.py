"""People of a played city: what they do by themselves, and how they answer what they see. Pure.

Each person has random numbers of their own, made of the seed and the person's number: what one does
never changes what another one would do.
"""
