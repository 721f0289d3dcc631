"""Asking outside services (speech, language models): over HTTP, within time, size and budget.

Every call leaves one row that tells how it went and nothing of what was said. A service that keeps
failing rests for a while; what asks it must have another way. Nothing here retries.
"""
