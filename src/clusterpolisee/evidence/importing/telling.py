"""How far a long piece of importing is: said by what does it, heard by whoever waits."""

from __future__ import annotations

from typing import Protocol


class Say(Protocol):
    """A message by its key, how much of how much is done, and the words that fill the message in."""

    def __call__(
        self, message: str, *, done: int | None = None, of: int | None = None, **words: object
    ) -> None: ...


def in_silence(message: str, *, done: int | None = None, of: int | None = None, **words: object) -> None:
    """Nobody waits."""
