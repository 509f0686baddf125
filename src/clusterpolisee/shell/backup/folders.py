"""What an instance keeps besides its database, and what it can make again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from clusterpolisee.shell.backup.sockets import SPEAKERS

SECRET = "secret_key"  # noqa: S105 - the name of the file
# Name in a backup → setting with its place.
KEPT = {"store": "STORE_FOLDER", "files": "MEDIA_ROOT"}
# Settings of folders that hold nothing of their own: made from the rest, gone out already, or half fetched.
MADE_AGAIN = ("STATIC_ROOT", "PICTURE_FOLDER", "ENGINE_FOLDER", "EMAIL_FILE_PATH", "FETCH_FOLDER")


def place_of(name: str) -> Path:
    """Where a file of a backup stands in this instance: store/raw/4e/… in its store, secret_key in its home."""
    folder, _slash, rest = name.partition("/")
    if not rest:
        return Path(settings.HOME) / folder
    return Path(getattr(settings, KEPT[folder])) / rest


def files_to_keep() -> list[str]:
    """The files that belong to the rows as they stand in this snapshot. Ask within one."""
    names = [SECRET] if place_of(SECRET).exists() else []
    for folder in KEPT:
        speaker = SPEAKERS.get(folder)
        found = speaker.named() if speaker else _files_below(place_of(f"{folder}/."))
        names += sorted(f"{folder}/{path}" for path in found)
    return names


def files_found() -> Iterator[str]:
    """Every file of the kept folders, whoever speaks for them."""
    for folder in KEPT:
        yield from (f"{folder}/{path}" for path in _files_below(place_of(f"{folder}/.")))


def _files_below(root: Path) -> Iterator[str]:
    """Ordinary files only: what a link points to belongs to somebody else. What is hidden is somebody's work."""
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in files:
            path = Path(folder, name)
            if not name.startswith(".") and not path.is_symlink():
                yield path.relative_to(root).as_posix()
