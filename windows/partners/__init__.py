"""Windows as partners' programs see, make and serve them.

The topmost slice of the published API: it puts together the window, what to expect of it, and the
ids that partners use. Owns no table.
"""
