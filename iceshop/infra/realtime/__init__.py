"""Live pages are poked, not fed: the socket says that a topic changed, a view gives the HTML."""
