"""Adapters: what other libraries compute well, with our inputs, our refusals and our results.

link_validation   bicm: how often regions and activities would meet by chance
spatial           esda: whether what is near is alike
regionalisation   spopt: joining neighbours into larger regions
neighbours        who is next to whom, as a matrix

Each says which extra brings its library (NotInstalled), and imports it when it is asked to compute. Nothing of this is
imported by `import regional_analytics`.
"""
