"""The shell around the engine: snapshot, decide, apply, keep the reasons.

A round reads everything at one moment, calls ``windows.engine.decide`` and applies each decision in
a transaction of its own. A decision that was applied before is skipped; one that fails leaves the
rest.
"""
