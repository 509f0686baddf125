"""Seeding the derived indicators the platform begins with."""

from __future__ import annotations

import tomllib
from datetime import datetime
from importlib.resources import files

from clusterpolisee.evidence.defining import (
    Written,
    publish_derived,
    show_on_region_pages,
    start_derived,
)
from clusterpolisee.evidence.models import DerivedIndicator
from clusterpolisee.shell.accounts.models import User


def load_derived_indicators(*, actor: User, now: datetime) -> int:
    """Publish the definitions the package brings and this instance lacks; how many. Those that exist are left alone."""
    text = files("clusterpolisee.evidence").joinpath("derived_seeds.toml").read_text(encoding="utf-8")
    known = set(DerivedIndicator.objects.values_list("code", flat=True))
    missing = [one for one in tomllib.loads(text)["derived"] if one["code"] not in known]
    for one in missing:
        code, is_key = one.pop("code"), one.pop("is_key", False)
        version = start_derived(actor=actor, code=code, written=Written(**one), now=now)
        publish_derived(actor=actor, derived=version.derived, now=now)
        if is_key:
            show_on_region_pages(actor=actor, derived=version.derived, shown=True, now=now)
    return len(missing)
