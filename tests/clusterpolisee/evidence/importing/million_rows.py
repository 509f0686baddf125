"""A sheet as long as a sheet can be: python million_rows.py HOME. Says rows, the sum of the figures, and the memory it took."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(TESTS.parent / "src"), str(TESTS)]


def main(home: Path) -> None:
    os.environ["CLUSTERPOLISEE_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "clusterpolisee.config.settings"
    import django

    django.setup()
    import polars as pl
    import xlsxwriter

    from clusterpolisee.evidence.importing import working

    path = home / "long.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["region", "year", "value"])
    for row in range(1, 1_000_001):
        sheet.write_row(row, 0, ["BG31", 2015, row])
    book.close()
    start = time.monotonic()
    table = working.of_workbook(path, "0" * 64, 0)
    total = table.frame.filter(pl.col("line") > 1).select(pl.col("n2").sum()).collect().item()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = round(time.monotonic() - start, 1)
    print(json.dumps({"rows": table.rows, "sum": total, "peak_mb": peak_mb, "seconds": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
