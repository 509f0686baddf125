"""Languages: which the platform speaks, and how each writes its numbers and dates.

Vocabulary: a *language* here is a way of writing: Serbian counts twice, in Cyrillic and in Latin letters. A language is
*complete* when every sentence of the interface is translated, otherwise *in preparation*. *Labels* are one name in
several languages (`{"bg": "Видин", "en": "Vidin"}`).
"""

from clusterpolisee.shell.languages.formats import (
    format_date,
    format_number,
    format_percent,
    format_year,
    format_year_span,
    is_number,
    pick,
)
from clusterpolisee.shell.languages.registry import (
    COMPLETE_LANGUAGES,
    LANGUAGES_OF_THE_PLATFORM,
    Language,
    language_of,
)

__all__ = [
    "COMPLETE_LANGUAGES",
    "LANGUAGES_OF_THE_PLATFORM",
    "Language",
    "format_date",
    "format_number",
    "format_percent",
    "format_year",
    "format_year_span",
    "is_number",
    "language_of",
    "pick",
]
