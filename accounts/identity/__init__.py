"""Persons and the identifiers by which they are known.

Owns Person and PersonIdentifier. A live identifier belongs to exactly one person; a replaced one
stays as history. Two known persons are never merged on the word of one message.
"""
