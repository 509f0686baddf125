"""Make the seed of activities from the official list of labels, our corrections and our short names.

    CLUSTERPOLISEE_DATA=<folder of full tables> python scripts/starter/build_activities.py

Labels are Eurostat's, in ten languages: sections, divisions, and the groups of trade that business statistics
publish. What we write ourselves stands in activity_labels.txt beside this file. Short names (columns short_en,
short_bg) are ours too; they are read from the present seed and kept, so that they can be edited there.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "src/clusterpolisee/classifications/seeds/nace.csv"
OWN_LABELS = Path(__file__).with_name("activity_labels.txt")
LANGUAGES = ("bg", "en", "el", "ro", "hr", "hu", "it", "de", "sk", "sl")
GROUPS = ("TOTAL", "B-N_S95_X_K", "B-E", "G-I", "M_N", "O-Q", "R-U", "NRP")
TRADE = ("45", "46", "47")

# The Greek column keeps the ends of longer labels of another language: Ποτοποιίαn av drikkevarer.
FOREIGN_END = re.compile(r"(?<=[\u0370-\u03ff\u1f00-\u1fff.])\s*[a-zæøå][a-zæøå -]*$")
# Romanian letters have a comma below; the list has the cedillas of old keyboards.
COMMAS_BELOW = str.maketrans("ŞşŢţ", "ȘșȚț")


def main() -> None:
    folder = os.environ.get("CLUSTERPOLISEE_DATA")
    if not folder:
        sys.exit("Set CLUSTERPOLISEE_DATA to the folder that holds the full tables (classifications/).")
    with SEED.open(encoding="utf-8", newline="") as file:
        short = {row["code"]: (row["short_en"], row["short_bg"]) for row in csv.DictReader(file)}
    own = own_labels()
    with (Path(folder) / "classifications/nace_rev2_labels_26_languages.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        listed = [row for row in csv.DictReader(file) if is_wanted(row)]
    rows = [row_of(one, own, short) for one in listed]
    rows += [[code, 0, "", *(own[code, language] for language in LANGUAGES), *short[code]] for code in GROUPS]
    with SEED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "level", "parent", *LANGUAGES, "short_en", "short_bg"])
        writer.writerows(sorted(rows, key=lambda row: (row[1], row[0])))
    print(f"{SEED.name}: {len(rows)} activities")


def own_labels() -> dict[tuple[str, str], str]:
    """(code, language) → the label we write ourselves."""
    lines = OWN_LABELS.read_text(encoding="utf-8").splitlines()
    parts = [line.split(" | ", 2) for line in lines if line and not line.startswith("#")]
    return {(code, language): label for code, language, label in parts}


def is_wanted(row: dict[str, str]) -> bool:
    return row["level"] in ("1", "2") or (row["level"] == "3" and row["code"].startswith(TRADE))


def row_of(
    one: dict[str, str], own: dict[tuple[str, str], str], short: dict[str, tuple[str, str]]
) -> list[object]:
    level = int(one["level"])
    section = {1: "", 2: one["parent"], 3: "G"}[level]
    code = section + one["code"].replace(".", "")
    parent = one["parent"] if level < 3 else section + one["parent"]
    labels = [own.get((code, language)) or label(one[language], level) for language in LANGUAGES]
    return [code, level, parent, *labels, *short[code]]


def label(official: str, level: int) -> str:
    """An official label as it is read: sections, printed in capitals, in sentence case."""
    text = FOREIGN_END.sub("", " ".join(official.split())).translate(COMMAS_BELOW)
    return text[:1].upper() + (text[1:].lower() if level == 1 else text[1:])


if __name__ == "__main__":
    main()
