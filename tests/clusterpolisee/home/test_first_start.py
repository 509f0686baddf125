"""The world of the first start."""

from __future__ import annotations

import pytest

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.stamps import evidence_stamp
from clusterpolisee.home.demo import load_demo


@pytest.mark.usefixtures("world")
def test_the_first_start_brings_a_version_of_every_starter_table() -> None:
    assert queries.current_version("sbs_r_nuts06_r2").number == 1
    assert queries.current_version("lfst_r_lfe2en2").number == 1


@pytest.mark.usefixtures("world")
def test_the_second_start_changes_nothing() -> None:
    before = evidence_stamp()
    load_demo(lambda step: None)
    assert evidence_stamp() == before
