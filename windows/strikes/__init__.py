"""What a missed seat means for its buyer: noted for a while, forgiven easily, visible to them."""
