"""The store: written once, read while others write, and clean after a killed import."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from clusterpolisee.evidence import store

INSTANCE = Path(__file__).with_name("instance.py")


def frame(*rows: tuple[str, int, str, str, int, float | None]) -> pl.DataFrame:
    names = ("region", "nuts", "series", "activity", "year", "value")
    return pl.DataFrame(rows, schema=dict.fromkeys(names) | {"value": pl.Float64}, orient="row").with_columns(
        state=pl.when(pl.col("value").is_null()).then(pl.lit("not_published")).otherwise(pl.lit("reported")),
        flag=pl.lit(""),
    )


def stored(content: pl.DataFrame) -> SimpleNamespace:
    with store.importing(), store.staging() as folder:
        store.write_observations(folder, content)
        return SimpleNamespace(folder=store.publish(folder, "jobs"))


TWO_REGIONS = frame(
    ("BG31", 2013, "P", "C10", 2014, 10.0),
    ("BG31", 2013, "P", "C10", 2015, None),
    ("BG31", 2013, "P", "C14", 2015, 30.0),
    ("BG32", 2013, "P", "C10", 2015, 0.0),
)


def test_what_is_stored_is_read_back_with_unknown_apart_from_zero() -> None:
    found = store.observations(stored(TWO_REGIONS))
    assert found.schema == store.SCHEMA
    assert found["value"].to_list() == [10.0, None, 30.0, 0.0]
    assert found["state"].to_list() == ["reported", "not_published", "reported", "reported"]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({"regions": ["BG32"]}, [0.0]),
        ({"regions": ["BG31", "BG32"], "years": [2015]}, [None, 30.0, 0.0]),
        ({"activities": ["C14"]}, [30.0]),
        ({"years": [2014]}, [10.0]),
        ({"series": ["Q"]}, []),
        ({"nuts": 2024}, []),
        ({"regions": []}, []),
        ({"regions": ["BG31", "RO41"], "activities": ["C10", "C14"], "nuts": 2013}, [10.0, None, 30.0]),
    ],
)
def test_only_what_is_asked_for_is_read(asked: dict, values: list) -> None:
    assert store.observations(stored(TWO_REGIONS), **asked)["value"].to_list() == values


def test_a_region_is_read_without_touching_the_others() -> None:
    # 2,000 regions of 600 cells each: 1.2 million rows in 37 groups, of which one region needs one or two.
    regions = [f"AA{number:03d}" for number in range(999)] + [f"BB{number:03d}" for number in range(999)]
    rows = pl.DataFrame({"region": regions}).join(
        pl.DataFrame({"year": list(range(1400, 2000))}), how="cross"
    )
    version = stored(
        rows.with_columns(
            nuts=2013,
            series=pl.lit("P"),
            activity=pl.lit("C10"),
            value=1.0,
            state=pl.lit("reported"),
            flag=pl.lit(""),
        )
    )
    lazy = pl.scan_parquet(store.root() / version.folder / store.OBSERVATIONS)
    store.observations(version, regions=["AA500"])  # the first read warms the file
    start = time.perf_counter()
    one = store.observations(version, regions=["AA500"])
    of_one = time.perf_counter() - start
    start = time.perf_counter()
    assert lazy.collect().height == 1_198_800
    of_all = time.perf_counter() - start
    assert one.height == 600
    assert of_one < of_all / 2


def test_the_same_cells_give_the_same_hash_and_another_figure_another() -> None:
    doubled = TWO_REGIONS.with_columns(pl.col("value") * 2)
    assert store.observations_sha256(TWO_REGIONS) == store.observations_sha256(TWO_REGIONS.clone())
    assert store.observations_sha256(TWO_REGIONS) != store.observations_sha256(doubled)


@pytest.mark.parametrize("content", [b"region,year\n" * 100, b"\x1f\x8b compressed already", b""])
def test_raw_bytes_come_back_as_they_were(content: bytes) -> None:
    sha256 = store.sha256_of(content)
    with store.importing():
        store.keep_raw(content, sha256)
        store.keep_raw(content, sha256)  # again changes nothing
    with store.opened_raw(sha256) as file:
        assert file.read() == content


def test_plain_text_is_kept_compressed() -> None:
    content = b"region,year,value\n" * 1000
    with store.importing():
        store.keep_raw(content, store.sha256_of(content))
    kept = next(store.root().glob("raw/*/*"))
    assert kept.stat().st_size < len(content) / 20


def test_a_failed_import_leaves_nothing_behind() -> None:
    with pytest.raises(RuntimeError), store.importing(), store.staging() as folder:
        (folder / "half").write_text("a file")
        raise RuntimeError
    assert [path.name for path in store.root().iterdir()] == [".import-lock"]


def test_sweeping_takes_what_no_version_knows_and_nothing_else() -> None:
    version = stored(TWO_REGIONS)
    stored(TWO_REGIONS)
    for content in (b"known", b"unknown"):
        store.keep_raw(content, store.sha256_of(content))
    (store.root() / ".staging-1-abc").mkdir()
    with store.importing():
        swept = store.sweep(folders={version.folder}, raws={store.sha256_of(b"known")})
    assert swept == 3
    assert store.observations(version).height == 4
    assert store.has_raw(store.sha256_of(b"known"))
    assert not store.has_raw(store.sha256_of(b"unknown"))


# Played by processes ---------------------------------------------------------------------------------------


def play(home: Path, *deed: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(home, *deed), env=environment(), capture_output=True, text=True, check=False
    )


def command(home: Path, *deed: object) -> list[str]:
    return [sys.executable, str(INSTANCE), str(home), *map(str, deed)]


def environment() -> dict[str, str]:
    """On SQLite in the home folder, whatever the tests themselves run on."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CLUSTERPOLISEE_", "DJANGO_"))
    }


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with version 1 in use."""
    folder = tmp_path_factory.mktemp("instance") / "home"
    made = play(folder, "setup")
    assert made.stdout.split() == ["accepted"], made.stderr
    return folder


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    return shutil.copytree(prepared, tmp_path / "home")


def kept_in(home: Path) -> tuple[int, int, int]:
    """How many things are staged, how many versions and raw files there are."""
    store_folder = home / "store"
    return tuple(
        len(list(store_folder.glob(pattern))) for pattern in (".staging-*", "versions/jobs/*", "raw/*/*")
    )


@pytest.mark.parametrize(
    ("death", "left"),
    [("while writing", (1, 1, 2)), ("before its name", (1, 1, 2)), ("before its row", (0, 2, 2))],
)
def test_an_import_killed_half_way_leaves_the_old_version_served_and_the_next_one_cleans_up(
    home: Path, tmp_path: Path, death: str, left: tuple[int, int, int]
) -> None:
    killed = play(home, "bring", 2, 2, death)
    assert (killed.returncode, kept_in(home)) == (-signal.SIGKILL, left)
    served = json.loads(play(home, "read", home).stdout)
    assert served == {"reads": 1, "wrong": 0, "versions": 1}
    assert play(home, "bring", 3, 3).stdout.split() == ["accepted"]
    assert kept_in(home) == (0, 2, 2)  # versions 1 and 2: nothing of the killed one is left


def test_readers_never_see_a_wrong_figure_while_versions_change_thirty_times(
    home: Path, tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(command(home, "read", stop), env=environment(), stdout=subprocess.PIPE, text=True)
        for _reader in range(2)
    ]
    swapped = play(home, "bring", 2, 31)
    stop.touch()
    said = [json.loads(reader.communicate()[0]) for reader in readers]
    assert swapped.stdout.split() == ["accepted"] * 30, swapped.stderr
    assert [one["wrong"] for one in said] == [0, 0]
    assert all(one["reads"] > 30 for one in said)


@pytest.mark.slow
def test_more_than_five_million_cells_are_imported_in_less_than_a_gigabyte_and_a_half(home: Path) -> None:
    said = json.loads(play(home, "bring-millions").stdout)
    assert (said["kind"], said["rows"]) == ("accepted", 5_636_160)
    assert said["peak_mb"] < 1536
