"""What is said to whom, and until when it is of use.

A notice is a row beside its cause and an outbox row of topic ``notice.send``. The words and the
facts of the moment are found when it is sent, by whoever owns the channel; a notice past its latest
useful time is dropped with a record.
"""
