"""Evidence for programs.

queries, figures → shapes (what every answer says of its origin) → datasets, observations, indicators, measures, citations
dcat → catalogue (the list of datasets for other portals)
"""
