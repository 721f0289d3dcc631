"""Tests of the panel, through its addresses."""
