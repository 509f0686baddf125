"""ClusterPoliSEE: regional evidence, judged together, learned from, tested and written into strategies.

The packages are the floors of one house; imports go down only (see ARCHITECTURE.md).
"""

__version__ = "0.1.0"
