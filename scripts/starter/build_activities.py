"""Make the seed of activities from the official list of labels and our own short names.

    CLUSTERPOLISEE_DATA=<folder of full tables> python scripts/starter/build_activities.py

Labels are Eurostat's, in ten languages, sections and divisions only. Short names (columns short_en, short_bg) are
ours: they are read from the present seed and kept.
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "src/clusterpolisee/classifications/seeds/nace.csv"
LANGUAGES = ("bg", "en", "el", "ro", "hr", "hu", "it", "de", "sk", "sl")
# Groups of sections that tables are published in; their names are ours.
GROUPS = ("TOTAL", "B-E", "G-I", "M_N", "O-Q", "R-U", "NRP")


def main() -> None:
    folder = os.environ.get("CLUSTERPOLISEE_DATA")
    if not folder:
        sys.exit("Set CLUSTERPOLISEE_DATA to the folder that holds the full tables (classifications/).")
    with SEED.open(encoding="utf-8", newline="") as file:
        short = {row["code"]: (row["short_en"], row["short_bg"]) for row in csv.DictReader(file)}
    with (Path(folder) / "classifications/nace_rev2_labels_26_languages.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        listed = [row for row in csv.DictReader(file) if row["level"] in ("1", "2")]
    rows = [_row(one, short) for one in listed]
    rows += [[code, 0, "", *_names_of_group(short[code]), *short[code]] for code in GROUPS]
    with SEED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "level", "parent", *LANGUAGES, "short_en", "short_bg"])
        writer.writerows(sorted(rows, key=lambda row: (row[1], row[0])))
    print(f"{SEED.name}: {len(rows)} activities")


def _row(one: dict[str, str], short: dict[str, tuple[str, str]]) -> list[object]:
    code = one["code"] if one["level"] == "1" else one["parent"] + one["code"]
    labels = [
        _sentence_case(one[language]) if one["level"] == "1" else one[language].strip()
        for language in LANGUAGES
    ]
    return [code, int(one["level"]), one["parent"], *labels, *short[code]]


def _sentence_case(label: str) -> str:
    """The official list prints sections in capitals; final sigma is small ς at the end of a Greek word."""
    words = label.strip().lower().split(" ")
    words = [word[:-1] + "ς" if word.endswith("σ") else word for word in words]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _names_of_group(names: tuple[str, str]) -> list[str]:
    return [{"en": names[0], "bg": names[1]}.get(language, "") for language in LANGUAGES]


if __name__ == "__main__":
    main()
