"""Staff accounts, log-in and log-out.

Owns StaffUser (the project's user model) and FailedLogin, which limits guesses by user name and
address.
"""
