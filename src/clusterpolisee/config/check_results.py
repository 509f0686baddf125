"""What a check says: right, worth a look, or wrong; with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

RIGHT, LOOK, WRONG = "right", "look", "wrong"


@dataclass(frozen=True)
class Result:
    """One thing that was looked at. key: the same in every language, for programs that read the answer."""

    key: str
    state: str
    sentence: str
    mend: str = ""


Check = Callable[[], Iterator[Result]]


def right(key: str, sentence: str) -> Result:
    return Result(key, RIGHT, sentence)


def look(key: str, sentence: str, mend: str) -> Result:
    return Result(key, LOOK, sentence, mend)


def wrong(key: str, sentence: str, mend: str) -> Result:
    return Result(key, WRONG, sentence, mend)
