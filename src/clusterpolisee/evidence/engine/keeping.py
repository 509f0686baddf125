"""What the engine has worked out, kept: in this process, and as a file that other processes and the next start read.

A result is named by what it is and by everything it was made from, so it never has to be forgotten; files nobody has read for a
month are swept away. All of it can be made again, so it is in no backup.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from django.conf import settings

Arrays = Mapping[str, np.ndarray]

MAKING = 1  # part of every name: raise it when the same key would be worked out differently
KEPT_IN_PROCESS = 32
DAYS_UNREAD = 30
_kept: OrderedDict[str, Arrays] = OrderedDict()
_lock = threading.Lock()


def kept(what: str, made_from: str, make: Callable[[], Arrays]) -> Arrays:
    """Arrays by name, made only where neither this process nor the folder has them. Nobody writes into them."""
    name = hashlib.sha256(f"{MAKING} {what} {made_from}".encode()).hexdigest()[:32]
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    file = Path(settings.ENGINE_FOLDER) / f"{what}-{name}.npz"
    found = _read(file)
    if found is None:
        found = make()
        _write(file, found)
    for array in found.values():
        array.flags.writeable = False
    with _lock:
        _kept[name] = found
        while len(_kept) > KEPT_IN_PROCESS:
            _kept.popitem(last=False)
    return found


def forget_in_process() -> None:
    """For tests and for workers that have just made room."""
    with _lock:
        _kept.clear()


def sweep(now: float | None = None) -> int:
    """Take files away that nobody has read for a month; returns how many."""
    oldest, swept = (time.time() if now is None else now) - DAYS_UNREAD * 86400, 0
    for file in Path(settings.ENGINE_FOLDER).glob("*.npz"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
            swept += 1
    return swept


def _read(file: Path) -> Arrays | None:
    """None where there is no such file, or half a one."""
    try:
        with np.load(file, allow_pickle=False) as opened:
            found = {name: opened[name] for name in opened.files}
        os.utime(file)  # read today
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zipfile.LargeZipFile):
        return None
    return found


def _write(file: Path, arrays: Arrays) -> None:
    """Beside its place first, so that nobody reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(f".{os.getpid()}.{threading.get_ident()}.tmp")
    with aside.open("wb") as opened:
        np.savez(opened, **arrays)  # type: ignore[arg-type]
    aside.replace(file)
