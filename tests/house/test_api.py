"""Every operation of the API says who may read, what can go wrong, and shows an example; its table is its own."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI, Schema

from clusterpolisee.config.api import api
from clusterpolisee.shell.accounts.permissions import DECLARED
from clusterpolisee.shell.api.door import METHODS
from clusterpolisee.shell.api.instance import ReadApi
from clusterpolisee.shell.api.problems import MEDIA_TYPE
from clusterpolisee.shell.api.resource import ALWAYS, Resource

PROBLEM = {"$ref": "#/components/schemas/ProblemAnswer"}


def silent_operations(paths: dict[str, Any]) -> list[str]:
    """Operations that leave open who may read, what an error looks like, or how they are asked."""
    found = []
    for path, operations in paths.items():
        for method, told in operations.items():
            where = f"{method.upper()} {path}"
            if told.get("x-access") != "public" and told.get("x-access") not in DECLARED:
                found.append(f"{where} names no permission")
            found += [f"{where} says nothing of {status}" for status in _unsaid(path, told["responses"])]
            if not str(told.get("x-example", "")).startswith("/api/"):
                found.append(f"{where} has no example")
            if method not in METHODS.lower():
                found.append(f"{where} does not only read")
    return found


def _unsaid(path: str, responses: dict[str, Any]) -> list[int]:
    expected = {*ALWAYS, 404} if "{" in path else {*ALWAYS}
    said = {
        int(status)
        for status, told in responses.items()
        if told.get("content", {}).get(MEDIA_TYPE, {}).get("schema") == PROBLEM
    }
    return sorted(expected - said)


def test_every_operation_declares_its_access_its_errors_and_an_example() -> None:
    paths = api.description_in("en")["paths"]
    assert len(paths) == len(api.declared) > 10
    assert silent_operations(paths) == []


def test_every_operation_stands_behind_the_door() -> None:
    behind = {pattern.name for pattern in api.addresses() if hasattr(pattern.callback, "access")}
    assert behind == {*api.declared, "api_openapi", "api_elsewhere"}


def test_an_operation_that_was_declared_to_ninja_alone_is_caught() -> None:
    planted = NinjaAPI(urls_namespace="planted")
    planted.get("/things/{code}")(lambda request, code: None)
    found = silent_operations(planted.get_openapi_schema(path_prefix="x/")["paths"])
    assert found == [
        "GET /x/things/{code} names no permission",
        *(f"GET /x/things/{{code}} says nothing of {status}" for status in (400, 401, 404, 406, 422, 429)),
        "GET /x/things/{code} has no example",
    ]


def test_an_operation_of_a_plain_router_is_never_given_an_address() -> None:
    resource = Resource("Planted")
    resource.get("/planted", url_name="planted")(lambda request: None)
    planted = ReadApi(title="", description="", catalogue="", resources=(resource,))
    assert "planted" not in {pattern.name for pattern in planted.addresses()}


def shapes(of: type[Schema] = Schema) -> list[type[Schema]]:
    """Every shape an answer of ours has."""
    own = [one for one in of.__subclasses__() if one.__module__.startswith("clusterpolisee.")]
    return own + [deeper for one in own for deeper in shapes(one)]


def named_twice(found: list[type[Schema]]) -> list[str]:
    """The description knows shapes by their bare names: of two with one name it would describe only one."""
    places = {(one.__name__, one.__module__) for one in found}
    names = [name for name, _module in places]
    return sorted({name for name in names if names.count(name) > 1})


def test_no_two_shapes_of_answers_share_a_name() -> None:
    assert len(shapes()) > 20
    assert named_twice(shapes()) == []


def test_two_shapes_of_one_name_are_caught() -> None:
    one, other = (type("Told", (Schema,), {"__module__": module}) for module in ("a", "b"))
    assert named_twice([one, other]) == ["Told"]
