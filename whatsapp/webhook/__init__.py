"""The door for what the platform posts: verify, store one row an item, answer; work comes later.

A body is stored only when its signature is good. Each item is known by ``(source, key)``, unique
in the database, so a repetition changes nothing. Conversations claim the items of people, lane by
lane; messaging claims statuses and events of templates and the account. What cannot be understood
is quarantined alone and can be replayed from the stored bytes.
"""
