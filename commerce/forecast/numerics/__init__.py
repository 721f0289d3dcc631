"""The arithmetic of the forecasts: NumPy only, no framework, no clock, seeds as arguments."""
