"""One lane per person: what arrived is worked in order, one message at a time.

For each message the reading, the step and its commands, the new state and the replies are one
transaction; a message that dies in the middle has left nothing and is worked again.
"""
