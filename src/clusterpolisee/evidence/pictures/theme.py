"""What all pictures share: type, ink, ramps, number format. The colours are the tokens of shell/ui."""

from __future__ import annotations

from typing import Any

INK = "#16211f"
INK_SOFT = "#50605c"
LINE = "#d9e0dd"
SOFT = "#b9c4c0"
CARD = "#ffffff"
BRAND = "#2c7d70"
ACCENT = "#b4532a"

# Drawings are about 400 wide, so that their letters stay legible in the 316 pixels a telephone leaves them.
TYPE = 13

# Six steps of quantity; “no data”, “confidential” and zero never share a look.
RAMP = ("#e3ece8", "#c6ded7", "#9fcabf", "#5fa899", "#2c7d70", "#11534a")
NO_DATA = "url(#no-data)"
CONFIDENTIAL = "url(#confidential)"

PATTERNS = (
    '<defs><pattern id="no-data" width="9" height="9" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="9" height="9" fill="#f0efec"/>'
    '<rect width="2.2" height="9" fill="#b9b3a5"/></pattern>'
    '<pattern id="confidential" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<rect width="9" height="9" fill="#f0efec"/><circle cx="4.5" cy="4.5" r="1.8" fill="#50605c"/></pattern></defs>'
)

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def config() -> dict[str, Any]:
    """The Vega-Lite configuration of every picture."""
    quiet = {"aria": False}
    return {
        "font": "Sofia Sans",
        "background": None,
        "padding": 2,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK_SOFT,
            "titleColor": INK_SOFT,
            "labelFontSize": TYPE,
            "titleFontSize": TYPE,
            "titleFontWeight": "normal",
            "domainColor": LINE,
            "tickColor": LINE,
            "gridColor": LINE,
            **quiet,
        },
        "legend": {
            "labelColor": INK_SOFT,
            "titleColor": INK_SOFT,
            "labelFontSize": TYPE,
            "titleFontSize": TYPE,
            "titleFontWeight": "normal",
            "symbolStrokeWidth": 0,
            **quiet,
        },
        "text": {"font": "Sofia Sans", "fontSize": TYPE, **quiet},
        "bar": quiet,
        "rule": quiet,
        "line": quiet,
        "point": quiet,
        "tick": quiet,
    }


def number_locale(language: str) -> dict[str, Any]:
    """The d3 number locale of a language: what stands between thousands and before decimals."""
    from babel import Locale

    symbols = Locale.parse(language.replace("-", "_")).number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
        "minus": "−",
    }
