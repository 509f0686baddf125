"""Put the style sheets of shell/ui/css together into the one that pages load: python scripts/vendor/build_css.py

One file is one request. Comments and indentation stay behind; names and lines are as in the sheets.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "src/clusterpolisee/shell/ui"
BUILT = UI / "static/ui/css/ui.css"


def together(folder: Path = UI / "css") -> str:
    """The sheets in the order of their numbers, without what browsers do not need."""
    sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sorted(folder.glob("*.css")))
    sheets = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    sheets = re.sub(r"\s*\n\s*", "\n", sheets.strip())
    sheets = re.sub(r" *([{};,]) *", r"\1", sheets)
    sheets = sheets.replace(": ", ":")  # of declarations: selectors have no space behind a colon
    return re.sub(r";?\n?}", "}", sheets).replace("{\n", "{") + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0 if BUILT.read_text(encoding="utf-8") == together() else f"{BUILT.name} is older than css/*.css"
        )
    BUILT.write_text(together(), encoding="utf-8")
