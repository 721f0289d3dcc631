"""The look: a page that shows every component in its states, and the choice of language.

The page exists only where the simulator does; production answers 404.
"""
