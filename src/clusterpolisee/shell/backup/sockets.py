"""Where upper floors plug in: which files of a folder belong to the rows of the database.

from clusterpolisee.shell.backup.sockets import keep_files
keep_files("store", named=files_of_versions, hold=importing)

A folder nobody speaks for is kept as it is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

Named = Callable[[], Iterable[str]]
Hold = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class FilesOfRows:
    """named: paths inside the folder that the rows need, asked within a snapshot. hold: nobody writes meanwhile."""

    named: Named
    hold: Hold


SPEAKERS: dict[str, FilesOfRows] = {}


def keep_files(folder: str, *, named: Named, hold: Hold = nullcontext) -> None:
    """Speak for one of the kept folders: only files its rows name are part of the instance."""
    SPEAKERS[folder] = FilesOfRows(named, hold)
