"""API tokens: bearer keys with scopes, stored as digests.

Owns ApiToken. The plain token is shown once, when it is issued.
"""
