"""The lists statistics are coded with: NUTS regions in five vintages, and NACE activities.

nuts    levels, parents, names; which vintage a file is coded in; from one vintage to another by weights
nace    NACE Rev. 2 as Eurostat spells it: sections to classes, and the groups tables are published in
"""

from regional_analytics.codes import nace, nuts

__all__ = ["nace", "nuts"]
