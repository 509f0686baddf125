"""Figures in, figures out: the statistics behind regional evidence, without web, network or clock.

sources     bytes of a statistical file → tidy observations
tables      tidy observations → Panel (year × region × activity)
measures    arrays → arrays; every formula with its meaning, its edges and its source
codes       NUTS regions and NACE activities, their parents and their versions
"""
