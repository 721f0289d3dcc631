"""The simulator over HTTP: the platform's API, the test interface, the page."""
