"""Put the style sheets of shell/ui/css together into the one that pages load: python scripts/vendor/build_css.py

One file is one request. Nothing is minified: whoever reads the page's source can read its style too.
"""

from __future__ import annotations

import sys
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "src/clusterpolisee/shell/ui"
BUILT = UI / "static/ui/css/ui.css"


def together(folder: Path = UI / "css") -> str:
    """The sheets in the order of their numbers."""
    return (
        "\n".join(sheet.read_text(encoding="utf-8").strip() for sheet in sorted(folder.glob("*.css"))) + "\n"
    )


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0 if BUILT.read_text(encoding="utf-8") == together() else f"{BUILT.name} is older than css/*.css"
        )
    BUILT.write_text(together(), encoding="utf-8")
