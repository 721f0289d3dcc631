"""Tests that cross the slices of windows, and the stories that all of them tell."""
