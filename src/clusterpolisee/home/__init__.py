"""The front door: the home page and the world of the first start (demo)."""
