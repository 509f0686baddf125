"""Libraries that are borrowed: brought in when needed, refused in words when missing, kept from leaving traces."""

from __future__ import annotations

import contextlib
import importlib
import io
import random
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from regional_analytics.measures.inputs import RefusedInput

_LARGEST_SEED = 2**32 - 1


class NotInstalled(ImportError):
    """A library that an adapter speaks for is not there.

    >>> str(NotInstalled("esda", "space"))
    'This is computed by esda, which is not installed. Install it with: pip install "clusterpolisee[space]"'
    """

    def __init__(self, package: str, extra: str) -> None:
        self.package, self.extra = package, extra
        super().__init__(
            f"This is computed by {package}, which is not installed. "
            f'Install it with: pip install "clusterpolisee[{extra}]"',
            name=package,
        )


def borrowed(module: str, extra: str) -> Any:
    """A module of a library of this extra. Raises NotInstalled where it, or what it needs itself, is missing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        raise NotInstalled((missing.name or module).split(".")[0], extra) from missing


@contextlib.contextmanager
def left_no_trace(seed: int = 0) -> Iterator[None]:
    """Let a library print, warn and draw from the random numbers of the whole process, and undo all of it after.

    The draws inside follow from the seed alone; whoever draws outside goes on as if nothing had been.
    """
    if not 0 <= seed <= _LARGEST_SEED:
        raise RefusedInput(f"{seed} is no seed", remedy=f"Give a whole number from 0 to {_LARGEST_SEED}.")
    numpys, pythons = np.random.get_state(), random.getstate()
    np.random.seed(seed)
    random.seed(seed)
    try:
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(numpys)
        random.setstate(pythons)
