"""Reading the packaged tables of codes."""

from __future__ import annotations

import csv
import gzip
import io
from importlib.resources import files


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one packaged table, column name → text."""
    packed = (files("regional_analytics.codes") / "data" / name).read_bytes()
    return list(csv.DictReader(io.StringIO(gzip.decompress(packed).decode())))
