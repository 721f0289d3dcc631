"""The buyer's mini panel: one page behind a signed link, without log-in."""
