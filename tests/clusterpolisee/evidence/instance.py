"""An instance of its own, played by processes: what no test inside one process can show.

python instance.py HOME setup | bring FIRST LAST [DEATH] | read STOP | bring-millions

Version NUMBER of the table says 100 + NUMBER for BG31. DEATH names the step at which the process is killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS.parent / "src"), str(TESTS)]


def start(home: str) -> None:
    os.environ["CLUSTERPOLISEE_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "clusterpolisee.config.settings"
    import django

    django.setup()


def setup() -> None:
    from django.core.management import call_command

    from factories.evidence import table

    call_command("migrate", verbosity=0)
    table()
    bring(1, 1)


def content(number: int) -> str:
    others = "".join(f"BG3{n},C10,{year},{n}000\n" for n in (2, 3, 4) for year in range(1990, 2020))
    return f"region,activity,year,value\nBG31,C10,2015,{100 + number}\n{others}"


def bring(first: int, last: int, death: str = "") -> None:
    from factories.evidence import bring as bring_file

    if death:
        die_at(death)
    for number in range(first, last + 1):
        print(bring_file(content(number)).kind, flush=True)


def die_at(step: str) -> None:
    """Be killed without a chance to clean up: half-way through a file, before it has its name, before its row."""
    from clusterpolisee.evidence import actions, store

    def killed(*_args: object, **_options: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def half_written(folder: Path, _frame: object) -> None:
        (folder / store.OBSERVATIONS).write_bytes(b"PAR1 half a file")
        killed()

    if step == "while writing":
        store.write_observations = half_written
    elif step == "before its name":
        store.publish = killed
    elif step == "before its row":
        actions._keep_row = killed
    else:
        raise SystemExit(f"There is no step “{step}”.")


def bring_millions() -> None:
    """A bulk file of 5.6 million cells, as Eurostat packs them; say how it ended and how much memory it took."""
    import resource

    from clusterpolisee.evidence.actions import Source, import_file
    from factories.evidence import NOW, analyst, table
    from regional_analytics.codes import nuts

    table("millions", dimensions=[{"code": "age"}])
    path = Path(os.environ["CLUSTERPOLISEE_HOME"]) / "millions.tsv"
    years = "\t".join(f"{year} " for year in range(1980, 2020))
    cells = "\t".join(": c" if year % 10 == 0 else f"{year - 1900}.5 " for year in range(1980, 2020))
    with path.open("w") as file:
        file.write(f"freq,nace_r2,age,geo\\TIME_PERIOD\t{years}\n")
        for activity in ("A", "B-E", "F", "G-I", "J", "K", "L", "M_N", "O-Q", "R-U", "NRP", "TOTAL"):
            for age in ("Y15-24", "Y15-64", "Y25-64", "Y_GE15", "Y_GE25", "Y_GE65"):
                file.writelines(f"A,{activity},{age},{code}\t{cells}\n" for code in nuts.codes(2013))
    source = Source(name=path.name, retrieved_on=NOW.date())
    outcome = import_file(actor=analyst(), file=path, source=source, dataset="millions", now=NOW)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"kind": outcome.kind, "rows": outcome.version.rows, "peak_mb": peak_mb}))


def read(stop: str) -> None:
    """Read the current version again and again; say how often, and how often the figure was not the version's."""
    from clusterpolisee.evidence import queries, store

    reads, wrong, seen = 0, 0, set()
    while not reads or not Path(stop).exists():
        version = queries.current_version("jobs")
        figures = store.observations(version, regions=["BG31"])["value"].to_list()
        reads += 1
        wrong += figures != [100.0 + version.number]
        seen.add(version.number)
    print(json.dumps({"reads": reads, "wrong": wrong, "versions": len(seen)}))


if __name__ == "__main__":
    home, deed, *rest = sys.argv[1:]
    start(home)
    if deed == "setup":
        setup()
    elif deed == "bring":
        bring(int(rest[0]), int(rest[1]), *rest[2:])
    elif deed == "bring-millions":
        bring_millions()
    elif deed == "read":
        read(rest[0])
