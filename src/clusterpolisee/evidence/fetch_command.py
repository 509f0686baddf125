"""How `clusterpolisee data fetch` shows how far it is: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import re
import sys
import time
from types import TracebackType

from django.utils.translation import gettext as _

from clusterpolisee.evidence.fetching.actions import Told
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.shell.languages import format_number

MB = 1024 * 1024
WIDTH = 30
REDRAW_SECONDS = 0.1
_YEARS = re.compile(r"([12]\d{3})(?:\s*[-–]\s*([12]\d{3}))?")


def years_of(said: str | None) -> tuple[int, int] | None:
    """“2016-2020”, “2016–2020” or “2016”."""
    if said is None:
        return None
    found = _YEARS.fullmatch(said.strip())
    if found is None:
        raise Obstacle(_("“%(said)s” are no years; write them like 2016-2020, or one year.") % {"said": said})
    return int(found[1]), int(found[2] or found[1])


class Progress:
    """Hears from a fetch, and says it on stderr, so that the report can be piped."""

    def __init__(self) -> None:
        self._out = sys.stderr
        self._is_terminal = self._out.isatty()
        self._done, self._of, self._received = 0, 1, 0
        self._start = time.monotonic()
        self._drawn = 0.0
        self._line = ""
        self.told = Told(parts=self._parts, received=self._bytes, step=self._step)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._end_line()

    def _parts(self, done: int, of: int) -> None:
        is_new = (done, of) != (self._done, self._of)
        self._done, self._of, self._received = done, of, 0
        if self._is_terminal:
            self._draw()
        elif is_new or not done:
            self._say(_("Fetched %(done)s of %(of)s parts") % {"done": done, "of": of})

    def _bytes(self, count: int) -> None:
        self._received = count
        if self._is_terminal and time.monotonic() - self._drawn > REDRAW_SECONDS:
            self._draw()

    def _step(self, step: str) -> None:
        self._end_line()
        self._say(step)

    def _say(self, what: str) -> None:
        seconds = time.monotonic() - self._start
        print(f"{seconds:6.1f} s  {what} …", file=self._out, flush=True)

    def _draw(self) -> None:
        full = WIDTH * self._done // max(1, self._of)
        words = _("%(done)s of %(of)s parts, %(mb)s MB") % {
            "done": self._done,
            "of": self._of,
            "mb": format_number(self._received / MB, decimals=1),
        }
        line = f"[{'█' * full}{'·' * (WIDTH - full)}] {words}"
        print("\r" + line.ljust(len(self._line)), end="", file=self._out, flush=True)
        self._line, self._drawn = line, time.monotonic()

    def _end_line(self) -> None:
        if self._line:
            print(file=self._out, flush=True)
            self._line = ""
