"""What a window would be, or would have been, on other terms.

The engine says who fits, the learned price response who says yes, the chances of attendance who
comes; nothing is simulated a second time. What the twin says of finished windows on their own terms
is kept beside what happened: that is its error.
"""
