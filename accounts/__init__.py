"""Who people are: persons, staff, seller organisations, consent, API tokens."""
