"""From a message to its reading. Pure: no Django, no database, no clock."""
