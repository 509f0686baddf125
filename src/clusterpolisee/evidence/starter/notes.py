"""What a later reader should know of each starter table: edition, selection, caveats.

The sentences are kept with the version and said in the reader's language (`DatasetVersion.note`).
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

_INDICATOR = gettext_noop(
    "As published in early 2026: all years at hand of countries and NUTS 2 regions of Europe, of NUTS 1 regions of South East Europe, and the EU average."
)
NOTES = {
    "demo_r_d2jan": gettext_noop(
        "As published in early 2026: all years at hand of countries and NUTS 2 regions of Europe, of NUTS 1 regions of South East Europe, and the EU average. Downloaded without flags."
    ),
    "lfst_r_lfe2en2": gettext_noop(
        "Years 2008–2015 as published in 2017: people aged 15 and over, all groups of activities; South East Europe down to NUTS 2, all other countries and EU28 as a whole. An empty value was not published; with flag c it is confidential."
    ),
    "nama_10r_2gdp": gettext_noop(
        "As published in early 2026: million euro, purchasing power standards per inhabitant, and these with EU27 = 100; countries and NUTS 2 regions of Europe, NUTS 1 regions of South East Europe, EU average. The figures per inhabitant were downloaded without flags."
    ),
    "nama_10r_2gvagr": gettext_noop(
        "As published in early 2026: volume of GDP and of gross value added; countries and NUTS 2 regions of Europe, NUTS 1 regions of South East Europe, EU average. GDP was downloaded without flags."
    ),
    "sbs_r_nuts06_r2": gettext_noop(
        "Year 2015; the day of the edition is not recorded. Persons employed (V16110) by NACE Rev. 2 division, countries and NUTS 2 regions with any figure. An empty value was not published; the edition carried no flags."
    ),
    "tgs00007": _INDICATOR,
    "tgs00010": _INDICATOR,
    "tgs00040": gettext_noop(
        "As published in December 2020; the table is no longer updated. All years at hand of countries and NUTS 2 regions of Europe, of NUTS 1 regions of South East Europe, and the EU average. Downloaded without flags."
    ),
    "tgs00042": gettext_noop(
        "As published in early 2026: all years at hand of countries and NUTS 2 regions of Europe, of NUTS 1 regions of South East Europe, and the EU average. An empty value with flag c is confidential."
    ),
    "tgs00109": _INDICATOR,
}
