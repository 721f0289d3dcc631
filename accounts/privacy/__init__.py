"""Erasing a person, forgetting what is old, and telling the national register of consents.

Whoever keeps something about people registers a keeper; nothing here knows the tables above.
"""
