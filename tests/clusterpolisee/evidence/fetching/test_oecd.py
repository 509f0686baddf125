"""A table of the OECD, from its service into a version."""

from __future__ import annotations

import pytest

from clusterpolisee.evidence import store
from clusterpolisee.evidence.actions import STAGED
from clusterpolisee.evidence.fetching.actions import fetch_table
from clusterpolisee.evidence.fetching.client import World
from factories.evidence import NOW, analyst, table
from factories.replay_server import FakeWorld, ReplayServer, Reply

# As sdmx.oecd.org writes CSV: version 2 with the reference of the flow, every dimension a column.
ANSWER = """STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TERRITORIAL_LEVEL,REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS
DATAFLOW,OECD.CFE.EDS:DSD_REG_ECO@DF_GDP(2.0),I,A,TL2,BG31,GDP,2016,5000,A
DATAFLOW,OECD.CFE.EDS:DSD_REG_ECO@DF_GDP(2.0),I,A,TL2,BG31,GDP,2017,5100,A
DATAFLOW,OECD.CFE.EDS:DSD_REG_ECO@DF_GDP(2.0),I,A,TL2,BG32,GDP,2016,7000,A
"""
PATH = "/public/rest/data/OECD.CFE.EDS,DSD_REG_ECO@DF_GDP,2.0/A.TL2..GDP"


@pytest.mark.django_db
def test_a_table_of_the_oecd_becomes_a_version(source: ReplayServer, fake: FakeWorld) -> None:
    source.answers(PATH, Reply(ANSWER))
    found = table(
        "oecd_gdp",
        activity_scheme="",
        dimensions=[{"code": "measure"}, {"code": "territorial_level", "only": "TL2"}],
        source={
            "service": "oecd-sdmx",
            "resource": "OECD.CFE.EDS,DSD_REG_ECO@DF_GDP,2.0",
            "order": ["FREQ", "TERRITORIAL_LEVEL", "REF_AREA", "MEASURE"],
            "filters": {"FREQ": ["A"], "TERRITORIAL_LEVEL": ["TL2"], "MEASURE": ["GDP"]},
            "first_year": 2010,
        },
    )
    world = World(clock=fake.clock, sleep=fake.sleep, chance=fake.chance)
    fetched = fetch_table(actor=analyst(), table=found, years=(2016, 2017), now=NOW, world=world)
    assert fetched.outcome.kind == STAGED
    rows = store.observations(fetched.outcome.version).select("region", "year", "series", "value").rows()
    assert rows == [
        ("BG31", 2016, "GDP", 5000.0),
        ("BG31", 2017, "GDP", 5100.0),
        ("BG32", 2016, "GDP", 7000.0),
    ]
    assert source.asked[0].query["startPeriod"] == ["2016"]


@pytest.mark.django_db
def test_what_the_oecd_does_not_have_is_told(source: ReplayServer, fake: FakeWorld) -> None:
    from clusterpolisee.evidence.fetching.errors import FetchError

    source.answers("/public/rest/*", Reply("NoRecordsFound", status=404, kind="text/plain"))
    found = table(
        "oecd_gdp",
        source={"service": "oecd-sdmx", "resource": "A,B,1.0", "order": ["FREQ"], "first_year": 2010},
    )
    with pytest.raises(FetchError) as caught:
        fetch_table(actor=analyst(), table=found, now=NOW, world=World(sleep=fake.sleep))
    assert caught.value.key == "fetching.nothing"
