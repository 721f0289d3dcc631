"""How the trained files under `data/learned` are made; needs numpy, which reading does not."""
