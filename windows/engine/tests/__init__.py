"""Tests of the decision engine: plain pytest, no Django."""
