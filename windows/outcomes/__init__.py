"""What came of a window: who came, who did not, what was sold, and what to expect of people."""
