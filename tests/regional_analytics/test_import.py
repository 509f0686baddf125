"""The library stands alone: no web, no platform, no pandas, and no circle that only an order of imports hides."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import regional_analytics

SOURCE = Path(regional_analytics.__file__).parents[1]

WITHOUT_DJANGO = """
import sys
for name in ("django", "clusterpolisee", "pandas", "pyarrow", "httpx", "requests"):
    sys.modules[name] = None  # whoever imports it now gets a ModuleNotFoundError
import regional_analytics as ra
jobs = {"region": ["A", "A", "B", "B"], "activity": ["wine", "steel"] * 2, "year": [2015] * 4,
        "value": [30.0, 10.0, 10.0, 30.0]}
print(ra.Panel.from_table(jobs).location_quotients()["location_quotient"].to_list())
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_works_where_there_is_no_django() -> None:
    assert run(WITHOUT_DJANGO).splitlines() == ["[0.5, 1.5, 1.5, 0.5]"]


def test_it_pulls_in_neither_web_nor_platform_nor_pandas() -> None:
    listing = "import sys, regional_analytics; print(' '.join({name.split('.')[0] for name in sys.modules}))"
    loaded = set(run(listing).split())
    assert {"numpy", "polars"} <= loaded
    assert not loaded & {"django", "clusterpolisee", "pandas", "httpx", "requests"}


@pytest.mark.parametrize("part", ["measures", "tables", "codes", "sources", "notes"])
def test_each_part_can_be_imported_first(part: str) -> None:
    run(f"import regional_analytics.{part}")


def test_names_on_the_front_page_are_there() -> None:
    for name in regional_analytics.__all__:
        assert hasattr(regional_analytics, name), name
    assert len(set(regional_analytics.__all__)) == len(regional_analytics.__all__)


def test_it_tells_type_checkers_that_it_is_typed() -> None:
    assert (Path(regional_analytics.__file__).parent / "py.typed").is_file()


def test_what_takes_long_to_load_waits_until_somebody_needs_it() -> None:
    """Every command of the platform and every worker of its server loads the library first."""
    heavy = ("scipy.optimize", "scipy.stats", "scipy.spatial", "pandas")
    program = f"import sys, regional_analytics; print([name for name in {heavy} if name in sys.modules])"
    loaded = run(program)
    assert loaded.strip() == "[]"
