"""People with roles, and the facts of an organisation, over the world of the first start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from clusterpolisee.community import actions
from clusterpolisee.community.models import Cluster
from clusterpolisee.community.records import ClusterFacts
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.models import RoleAssignment, User

Facts = Callable[..., ClusterFacts]


@pytest.fixture(autouse=True)
def over_the_world(world: None) -> Iterator[None]:
    """Nothing kept from before, and no language left behind for those who come after."""
    cache.clear()
    with override("en"):
        yield


def person(name: str, role: str | None) -> User:
    user = User.objects.create_user(f"{name.lower()}@example.org", name=name)
    if role:
        RoleAssignment.objects.create(user=user, role=role)
    return user


@pytest.fixture
def member() -> User:
    return person("Mila", "member")


@pytest.fixture
def analyst() -> User:
    return person("Ana", "analyst")


@pytest.fixture
def people(member: User, analyst: User) -> dict[str, Any]:
    return {
        "visitor": AnonymousUser(),
        "without a role": person("Nobody", None),
        "proposer": member,
        "member": person("Mira", "member"),
        "analyst": analyst,
        "administrator": person("Adam", "administrator"),
    }


@pytest.fixture
def facts() -> Facts:
    def make(name: str = "Wine of the Plain", region: str = "BG31", **said: Any) -> ClusterFacts:
        plain: dict[str, Any] = {
            "external_id": "",
            "address": "",
            "founded": 2015,
            "website": "",
            "email": "",
            "phone": "",
            "manager_name": "",
            "manager_contact": "",
            "manager_consent": False,
            "members_total": 12,
            "members_companies": 10,
            "members_smes": 9,
            "members_research": 1,
            "members_public": 1,
            "members_on": date(2026, 3, 31),
            "stage": "growth",
            "label": "none",
            "label_until": None,
        }
        given = {key: said.pop(key) for key in list(said) if key in plain}
        return ClusterFacts(
            names=said.pop("names", {"en": name}),
            region=regions.region(region),
            plain=plain | given,
            statements=said.pop(
                "statements", {"organisation": {"source": "Its statute", "date": "2026-01-01"}}
            ),
            **said,
        )

    return make


@pytest.fixture
def draft(member: User, facts: Facts) -> Cluster:
    return actions.propose_cluster(
        actor=member, facts=facts(activities=("C11",), categories=("food-and-drink",))
    )


@pytest.fixture
def published(draft: Cluster, analyst: User) -> Cluster:
    return actions.publish_cluster(actor=analyst, cluster=draft)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter
