"""The world of the first start: seeds for every instance; real figures and demo accounts in demo mode.

Everything here can be repeated: what is there already is looked at and left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from clusterpolisee.classifications.seeding import load_classifications
from clusterpolisee.community.examples import load_examples
from clusterpolisee.evidence import queries
from clusterpolisee.evidence.actions import Source, import_file
from clusterpolisee.evidence.catalogue import load_catalogue
from clusterpolisee.evidence.derived_seeding import load_derived_indicators
from clusterpolisee.evidence.star_schemes import load_star_schemes
from clusterpolisee.evidence.starter import starter_files
from clusterpolisee.regions.seeding import load_regions
from clusterpolisee.shell.accounts.actions import DEMO_ACCOUNTS, create_demo_accounts
from clusterpolisee.shell.accounts.queries import operator

Say = Callable[[str], None]


def load_seeds(say: Say) -> None:
    """What every instance begins with: places, activities, the catalogue, schemes, formulas. No figures."""
    say("Regions and their boundaries")
    load_regions()
    say("Classifications and the catalogue of tables")
    load_classifications()
    load_catalogue()
    load_star_schemes()
    load_derived_indicators(actor=operator(), now=timezone.now())


def load_demo(say: Say) -> None:
    """Seeds, the starter figures through the same door as any file, and accounts to try the roles with."""
    load_seeds(say)
    load_starter_figures(say, now=timezone.now())
    say("Example cluster organisations")
    load_examples(operator())
    if settings.DEMO:
        say("Demo accounts")
        create_demo_accounts(actor=operator())


def demo_accounts() -> list[str]:
    """The people of the demonstration as they are printed at the start: who signs in how."""
    return [f"{one.email:<28} {one.password}   ({one.role.value})" for one in DEMO_ACCOUNTS]


def load_starter_figures(say: Say, *, now: datetime) -> int:
    """Import the starter files of tables that have no version yet; how many were imported."""
    empty = {table.code for table in queries.datasets() if not queries.versions(table).exists()}
    imported = 0
    for file in starter_files(empty):
        say(f"Figures of {file.table}")
        import_file(
            actor=operator(),
            file=file.content,
            source=Source(
                name=file.name,
                url=file.facts.get("address", ""),
                retrieved_on=file.retrieved_on,
                note=file.note,
                licence=file.facts.get("licence", ""),
            ),
            dataset=file.table,
            now=now,
        )
        imported += 1
    return imported
