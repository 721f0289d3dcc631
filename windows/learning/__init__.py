"""How likely people come, learned from who came: chances, versions, and whether they held."""
