"""The platform's rules and wire format, as far as the product meets them. Pure."""
