"""How people talk to Iceshop: understanding, dialogue, the platform and its simulator."""
