"""Where upper floors plug in: what happens when a dataset begins to say something else.

from clusterpolisee.evidence.sockets import when_version_comes_into_use
when_version_comes_into_use(look_at_my_watches)      # called with the version, after the deed is stored
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterpolisee.evidence.models import DatasetVersion

Listener = Callable[["DatasetVersion"], None]
LISTENERS: list[Listener] = []


def when_version_comes_into_use(listener: Listener) -> Listener:
    """Call `listener(version)` whenever a version becomes the one pages show: accepted or gone back to."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)
    return listener


def version_came_into_use(version: DatasetVersion) -> None:
    for listener in LISTENERS:
        listener(version)
