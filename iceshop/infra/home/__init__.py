"""The start page: what this installation is, and the ways into it."""
