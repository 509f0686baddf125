"""Compile the catalogues: python -m clusterpolisee.shell.languages.compile

The bootstrap runs this, so that nobody needs gettext installed. It needs no settings and no database.
"""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Write a .mo beside every .po; returns what was written. Fuzzy entries are left out, as gettext does."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
