"""Drawings as plain numbers and paths: pure, no framework, no clock, no words.

Whatever depends on data leaves here as SVG attributes or as the name of a class, since the pages'
security policy allows no inline style.
"""
