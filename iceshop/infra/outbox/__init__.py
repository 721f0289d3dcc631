"""Work that must happen outside, as rows: written with the cause, done after the commit.

A handler is registered for each topic. Rows of one lane are done one at a time, in the order in
which they were planned; a row past ``expires_at`` dies with a record; an unknown outcome is never
repeated.
"""
