"""Circumstances as figures, the models over them, and the judgement of both. Pure."""
