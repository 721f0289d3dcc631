"""Pure values that every part of Iceshop shares; standard library only."""
