"""What bench/engine measures beside the public instances."""
