"""The sentences of imports: what can be found in a file, why one cannot be read, what is done to a version.

English stands here; the catalogues say it in the other languages.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

# %(n)s is the count as the language writes it; %(where)s the lines; the rest comes with the finding.
KINDS: dict[str, Any] = {
    # What the reader could not make sense of
    "not-a-number": ngettext_lazy(
        "%(n)s cell is not a number: %(values)s (%(where)s). Write a figure, leave it empty, or use “:”.",
        "%(n)s cells are not numbers: %(values)s (%(where)s). Write a figure, leave it empty, or use “:”.",
        "count",
    ),
    "not-finite": ngettext_lazy(
        "%(n)s cell is no figure: %(values)s (%(where)s). Leave unknown cells empty.",
        "%(n)s cells are no figures: %(values)s (%(where)s). Leave unknown cells empty.",
        "count",
    ),
    "not-a-flag": ngettext_lazy(
        "%(n)s cell has a flag nobody knows: %(values)s (%(where)s). Use the letters b c d e f i m n p r s u z.",
        "%(n)s cells have flags nobody knows: %(values)s (%(where)s). Use the letters b c d e f i m n p r s u z.",
        "count",
    ),
    "no-such-cell": ngettext_lazy(
        "%(n)s figure stands outside the table (%(values)s). Fetch the file again, whole.",
        "%(n)s figures stand outside the table (%(values)s). Fetch the file again, whole.",
        "count",
    ),
    "bad-year": ngettext_lazy(
        "%(n)s row has no year that can be read: %(values)s (%(where)s). Only annual figures are read: write 2015.",
        "%(n)s rows have no year that can be read: %(values)s (%(where)s). Only annual figures are read: write 2015.",
        "count",
    ),
    "missing-region": ngettext_lazy(
        "%(n)s row does not say its region (%(where)s).",
        "%(n)s rows do not say their region (%(where)s).",
        "count",
    ),
    "row-too-short": ngettext_lazy(
        "%(n)s row has fewer cells than the header (%(where)s). Check whether the file is whole.",
        "%(n)s rows have fewer cells than the header (%(where)s). Check whether the file is whole.",
        "count",
    ),
    "row-too-long": ngettext_lazy(
        "%(n)s row has more cells than the header (%(where)s). Check the separators.",
        "%(n)s rows have more cells than the header (%(where)s). Check the separators.",
        "count",
    ),
    "other": ngettext_lazy(
        "%(n)s row could not be used: %(slug)s (%(where)s).",
        "%(n)s rows could not be used: %(slug)s (%(where)s).",
        "count",
    ),
    # Codes
    "unknown_regions": ngettext_lazy(
        "%(n)s row names a region that does not exist: %(codes)s (%(where)s). It is kept beside the version.",
        "%(n)s rows name regions that do not exist: %(codes)s (%(where)s). They are kept beside the version.",
        "count",
    ),
    "unknown_activities": ngettext_lazy(
        "%(n)s row names an activity that does not exist: %(codes)s (%(where)s). It is kept beside the version.",
        "%(n)s rows name activities that do not exist: %(codes)s (%(where)s). They are kept beside the version.",
        "count",
    ),
    "other_vintage": ngettext_lazy(
        "%(n)s row is coded in NUTS %(vintage)s, not NUTS %(declared)s: %(codes)s (%(where)s). "
        "It keeps its vintage and is never added to the others.",
        "%(n)s rows are coded in NUTS %(vintage)s, not NUTS %(declared)s: %(codes)s (%(where)s). "
        "They keep their vintage and are never added to the others.",
        "count",
    ),
    "vintage_recognised": ngettext_lazy(
        "%(n)s region code tells that the file is coded in NUTS %(vintage)s; the catalogue expected NUTS %(declared)s.",
        "%(n)s region codes tell that the file is coded in NUTS %(vintage)s; the catalogue expected NUTS %(declared)s.",
        "count",
    ),
    "extra_regio": ngettext_lazy(
        "%(n)s value belongs to a country but to no region (%(codes)s): it is kept, and shown on no map.",
        "%(n)s values belong to a country but to no region (%(codes)s): they are kept, and shown on no map.",
        "count",
    ),
    "mapped_codes": ngettext_lazy(
        "%(n)s row was given the code that somebody chose for it: %(codes)s.",
        "%(n)s rows were given the codes that somebody chose for them: %(codes)s.",
        "count",
    ),
    "skipped_codes": ngettext_lazy(
        "%(n)s row was left out by decision: %(codes)s (%(where)s).",
        "%(n)s rows were left out by decision: %(codes)s (%(where)s).",
        "count",
    ),
    "converted": ngettext_lazy(
        "%(n)s figure is derived: it was carried from NUTS %(from)s to NUTS %(vintage)s, and %(percent)s%% of the amount "
        "rests on regions that were cut and is estimated.",
        "%(n)s figures are derived: they were carried from NUTS %(from)s to NUTS %(vintage)s, and %(percent)s%% of their "
        "amount rests on regions that were cut and is estimated.",
        "count",
    ),
    "lost_regions": ngettext_lazy(
        "%(n)s region has no successor and keeps its vintage: %(codes)s.",
        "%(n)s regions have no successor and keep their vintage: %(codes)s.",
        "count",
    ),
    "silent_rows": ngettext_lazy(
        "%(n)s row without a year and a figure was passed over.",
        "%(n)s rows without a year and a figure were passed over.",
        "count",
    ),
    # Shape
    "assumed_dimension": ngettext_lazy(
        "The file does not say “%(dimension)s”; “%(value)s” is assumed for its %(n)s row.",
        "The file does not say “%(dimension)s”; “%(value)s” is assumed for its %(n)s rows.",
        "count",
    ),
    "left_out": ngettext_lazy(
        "%(n)s row was left out: only “%(value)s” of “%(dimension)s” is used.",
        "%(n)s rows were left out: only “%(value)s” of “%(dimension)s” is used.",
        "count",
    ),
    "constant_dimension": ngettext_lazy(
        "The file also says “%(dimension)s”, which is “%(value)s” in its %(n)s row.",
        "The file also says “%(dimension)s”, which is “%(value)s” in all its %(n)s rows.",
        "count",
    ),
    "identical_duplicates": ngettext_lazy(
        "%(n)s cell stands more than once with the same figure (%(where)s): it was taken once.",
        "%(n)s cells stand more than once with the same figure (%(where)s): they were taken once.",
        "count",
    ),
    "conflicting_duplicates": ngettext_lazy(
        "%(n)s cell stands more than once with different figures (%(where)s): %(examples)s. "
        "None was taken; all are kept beside the version.",
        "%(n)s cells stand more than once with different figures (%(where)s): %(examples)s. "
        "None was taken; all are kept beside the version.",
        "count",
    ),
    "no_values": ngettext_lazy(
        "There is %(n)s cell in the file, and no figure in it.",
        "There are %(n)s cells in the file, and no figure in any of them.",
        "count",
    ),
    # Figures
    "negative": ngettext_lazy(
        "%(n)s figure is below zero, which cannot be: %(examples)s (%(where)s).",
        "%(n)s figures are below zero, which cannot be: %(examples)s (%(where)s).",
        "count",
    ),
    "implausible": ngettext_lazy(
        "%(n)s figure is outside what is plausible (%(low)s to %(high)s): %(examples)s (%(where)s).",
        "%(n)s figures are outside what is plausible (%(low)s to %(high)s): %(examples)s (%(where)s).",
        "count",
    ),
    "implausible_years": ngettext_lazy(
        "%(n)s row has a year that cannot be meant: %(codes)s (%(where)s).",
        "%(n)s rows have years that cannot be meant: %(codes)s (%(where)s).",
        "count",
    ),
    "jump_between_years": ngettext_lazy(
        "%(n)s figure is more than %(factor)s times larger or smaller than the year before: %(examples)s (%(where)s).",
        "%(n)s figures are more than %(factor)s times larger or smaller than the year before: "
        "%(examples)s (%(where)s).",
        "count",
    ),
    "jump_since_previous": ngettext_lazy(
        "%(n)s figure is more than %(factor)s times larger or smaller than in version %(version)s: %(examples)s.",
        "%(n)s figures are more than %(factor)s times larger or smaller than in version %(version)s: %(examples)s.",
        "count",
    ),
    "many_vanished": ngettext_lazy(
        "%(n)s figure of version %(version)s is not in this file: %(percent)s%% of all. "
        "Accepting it takes them off the pages.",
        "%(n)s figures of version %(version)s are not in this file: %(percent)s%% of all. "
        "Accepting it takes them off the pages.",
        "count",
    ),
    "parts_exceed_whole": ngettext_lazy(
        "%(n)s sum is larger than its whole by more than %(tolerance)s%%: %(examples)s.",
        "%(n)s sums are larger than their wholes by more than %(tolerance)s%%: %(examples)s.",
        "count",
    ),
    "parts_differ_from_whole": ngettext_lazy(
        "%(n)s sum of all its parts differs from its whole by more than %(tolerance)s%%: %(examples)s.",
        "%(n)s sums of all their parts differ from their wholes by more than %(tolerance)s%%: %(examples)s.",
        "count",
    ),
}

# Why a whole file cannot be read; the slugs and facts are those of regional_analytics.sources.
OBSTACLES: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty. Fetch it again."),
    "truncated": gettext_lazy("The file is cut off or damaged (%(what)s). Fetch it again, whole."),
    "wrong-encoding": gettext_lazy(
        "The file is not UTF-8 text: byte %(position)s, in line %(line)s, does not belong there. "
        "It looks like %(guess)s. Save it as UTF-8 and try again."
    ),
    "web-page": gettext_lazy(
        "This is a web page (“%(title)s”), not data: the address answered with a page. Download the table itself."
    ),
    "unknown-format": gettext_lazy(
        "The format of %(name)s is not known. Give Eurostat TSV, SDMX-CSV 1.0 or 2.0, JSON-stat 2.0, or CSV with a "
        "column of regions, one of years and one of values. It begins: %(beginning)s"
    ),
    "other-format": gettext_lazy("This is %(format)s, which is not read here. Give %(instead)s."),
    "error-answer": gettext_lazy(
        "This is a message of the service, not data: “%(message)s”. Change the query, or wait, and fetch it again."
    ),
    "too-many-cells": gettext_lazy(
        "The table says it has %(cells)s cells; at most %(limit)s are read. Ask the source for a part of it."
    ),
    "endless-row": gettext_lazy(
        "The row that begins in line %(line)s does not end: a quotation mark is not closed, or this is no table. "
        "Mend that line and try again."
    ),
    "mixed-numbers": gettext_lazy(
        "“%(value)s” in line %(line)s and “%(other)s” in line %(other_line)s are written in different ways. "
        "Write all numbers in one way, or say whether the decimal sign is a point or a comma (--decimal)."
    ),
    "too-large": gettext_lazy(
        "The file unpacks to more than %(limit)s bytes from %(packed)s. It was not read further."
    ),
    "several-files": gettext_lazy("The archive holds %(count)s files (%(names)s). Give one of them."),
    "retired-format": gettext_lazy(
        "This is %(format)s, which is no longer in use. Ask the source for %(instead)s."
    ),
    "dimensions-unclear": gettext_lazy(
        "There is no column of %(lacking)s among: %(columns)s. Name it %(names)s, or say which column it is."
    ),
    "ambiguous-numbers": gettext_lazy(
        "“%(value)s” in line %(line)s can be read in two ways, and nothing else in the file tells which. "
        "Say whether the decimal sign is a point or a comma (--decimal)."
    ),
}
LACKING = {
    "regions": pgettext_lazy("a column of", "regions"),
    "years": pgettext_lazy("a column of", "years"),
    "values": pgettext_lazy("a column of", "figures"),
}

# Why a row is set aside: a part of what the file beside a version says in English, and the words for it.
REASONS = {
    "unknown region": gettext_lazy("There is no such region."),
    "unknown activity": gettext_lazy("There is no such activity."),
    "implausible year": gettext_lazy("This year cannot be meant."),
    "stands more than once": gettext_lazy("The cell stands more than once, with different figures."),
    "is not a number": gettext_lazy("This is not a number."),
    "is no figure": gettext_lazy("This is no figure."),
    "is no flag": gettext_lazy("This is no flag."),
    "is not a year": gettext_lazy("This is not a year; only annual figures are read."),
    "the region is missing": gettext_lazy("The region is missing."),
    "fewer cells than the header": gettext_lazy("The row has fewer cells than the header."),
    "more cells than the header": gettext_lazy("The row has more cells than the header."),
}

# What can be done to a version, as history remembers it.
DEEDS = {
    "imported": gettext_lazy("imported"),
    "accepted": gettext_lazy("accepted"),
    "rejected": gettext_lazy("rejected"),
    "rolled-back": gettext_lazy("rolled back"),
    "described": gettext_lazy("described"),
    "set-rules": gettext_lazy("rules changed"),
    "opened": gettext_lazy("said to be missing"),
    "taken": gettext_lazy("taken into work"),
    "released": gettext_lazy("given back"),
    "closed": gettext_lazy("closed"),
    "reopened": gettext_lazy("opened again"),
}
