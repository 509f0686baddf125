"""A table from its source, whole: asking, splitting, waiting, and keeping what has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clusterpolisee.evidence.fetching.addresses import host_of
from clusterpolisee.evidence.fetching.answers import UNREADABLE, Kind, Verdict, check_whole, json_of, judge
from clusterpolisee.evidence.fetching.client import Answer, Client, Known
from clusterpolisee.evidence.fetching.connectors import Connector
from clusterpolisee.evidence.fetching.errors import FetchError
from clusterpolisee.evidence.fetching.explaining import mismatch
from clusterpolisee.evidence.fetching.joining import join
from clusterpolisee.evidence.fetching.parts import DATA, LATER, NOTHING, SPLIT, Part, Parts
from clusterpolisee.evidence.fetching.query import Query

FIRST_LOOK, LONGEST_LOOK = 5.0, 40.0  # seconds between looks at a result that is being prepared
LONGEST_PREPARATION = 3 * 3600.0
BUSY_PAUSE = 20.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Whole:
    """The file of a table, where it came from, and what its source said to be asked by the next time."""

    path: Path
    url: str
    parts: int
    known: Known


class Fetching:
    """One query of one table, on its way."""

    def __init__(
        self,
        connector: Connector,
        base: str,
        client: Client,
        parts: Parts,
        *,
        table: str,
        places: Sequence[str],
        progress: Progress = lambda done, of: None,
    ) -> None:
        self._connector = connector
        self._base = base
        self._client = client
        self._parts = parts
        self._table = table
        self._places = places
        self._progress = progress

    def updated(self, query: Query) -> str:
        """When the table was changed last, as the source says; empty where it does not."""
        said = self._small_answer(query, filtered=True).get("updated", "")
        return said if isinstance(said, str) else ""

    def _small_answer(self, query: Query, *, filtered: bool) -> dict[str, Any]:
        """What the service says to a small question; nothing where it has none, or no answer to it."""
        file = self._parts.file_of(query).with_suffix(".small")
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            for address in self._connector.small_addresses(self._base, query, filtered=filtered):
                answer = self._client.get(address, file, accept="application/json")
                if judge(answer).kind is Kind.DATA:
                    return dict(json_of(answer.path))
        except (*UNREADABLE, TypeError):
            pass
        finally:
            file.unlink(missing_ok=True)
        return {}

    def fetch(self, query: Query, known: Known | None = None, *, edition: str = "") -> Whole:
        """All parts of a query, joined. known: raise NotModified where the source says that nothing has changed.

        edition: what `updated` said. Parts of another one are not taken, whether they came before or come meanwhile.
        """
        self._parts.belong_to(edition)
        try:
            whole = self._fetched(query, known)
        except FetchError as error:
            if error.kind in ("nothing", "error_answer"):
                self._explain(query)
            raise
        if whole.parts > 1 and edition and self.updated(query) != edition:
            self._parts.clear()
            raise FetchError("parts_differ", host=host_of(whole.url), table=self._table)
        return whole

    def _explain(self, query: Query) -> None:
        """Raise what is wrong with the description of the source, where the source's own dimensions show it."""
        try:
            found = mismatch(self._small_answer(query, filtered=False), query)
        except FetchError:  # what the table said counts, not what the small question met
            return
        if found is not None:
            kind, words = found
            host = host_of(self._connector.address(self._base, query))
            raise FetchError(kind, host=host, table=self._table, **words)

    def _fetched(self, query: Query, known: Known | None) -> Whole:
        files: list[Path] = []
        first: Part | None = None
        waiting, answered = [query], 0
        while waiting:
            self._progress(answered, answered + len(waiting))
            one = waiting.pop(0)
            part = self._part(one, known if one == query else None)
            if part.state == SPLIT:
                waiting[:0] = self._halves(one)
                continue
            answered += 1
            if part.state == DATA:
                files.append(self._parts.file_of(one))
                first = first or part
        self._progress(answered, answered)
        address = self._connector.address(self._base, query)
        host = host_of(address)
        if first is None:
            raise FetchError(
                "nothing", host=host, table=self._table, first=str(query.first), last=str(query.last)
            )
        try:
            path = join(files, self._parts.joined, host=host, table=self._table)
        except FetchError:
            self._parts.clear()
            raise
        said = Known(first.etag, first.last_modified) if len(files) == 1 else Known()
        return Whole(path, address, len(files), said)

    def _part(self, query: Query, known: Known | None) -> Part:
        """What is known of a query from before, else what the source says now."""
        part = self._parts.get(query, self._client.world.clock())
        if part is None:
            part = self._asked(query, known)
        if part.state == LATER:
            part = self._awaited(query, part)
        return part

    def _asked(self, query: Query, known: Known | None) -> Part:
        answer, verdict = self._answer(query, known)
        if verdict.kind is Kind.TOO_BIG and "ASYNCHRONOUS" in verdict.message:
            self._client.world.sleep(
                BUSY_PAUSE
            )  # often only the service is busy: the same question, once more
            answer, verdict = self._answer(query, known)
        if verdict.kind is Kind.TOO_BIG:
            return self._keep(query, SPLIT, answer)
        if verdict.kind is Kind.LATER:
            return self._keep(query, LATER, answer, verdict.ticket)
        return self._taken(query, answer, verdict)

    def _answer(self, query: Query, known: Known | None) -> tuple[Answer, Verdict]:
        address = self._connector.address(self._base, query)
        file = self._parts.file_of(query)
        answer = self._client.get(address, file, accept=self._connector.accept, known=known)
        return answer, judge(answer)

    def _taken(self, query: Query, answer: Answer, verdict: Verdict) -> Part:
        """Data or nothing; an error ends everything."""
        if verdict.kind is Kind.NOTHING:
            return self._keep(query, NOTHING, answer)
        if verdict.kind is not Kind.DATA:
            raise FetchError(
                "error_answer", host=host_of(answer.url), message=verdict.message, status=verdict.status
            )
        check_whole(answer.path, host_of(answer.url))
        return self._keep(query, DATA, answer)

    def _awaited(self, query: Query, part: Part) -> Part:
        """Look again and again whether a result is ready; one that is lost is asked for in smaller parts."""
        address = self._connector.status_address(self._base, part.ticket)
        file = self._parts.file_of(query).with_suffix(".status")
        pause = FIRST_LOOK
        while True:
            verdict = judge(self._client.get(address, file))
            file.unlink(missing_ok=True)
            if verdict.status == "AVAILABLE":
                if (prepared := self._prepared(query, part)) is not None:
                    return prepared
            elif verdict.kind is not Kind.LATER or verdict.status in ("EXPIRED", "ERROR", "UNKNOWN_REQUEST"):
                return self._parts.keep(query, Part(SPLIT, self._client.world.clock()))
            now = self._client.world.clock()
            if now - part.at > LONGEST_PREPARATION:
                self._parts.keep(query, replace(part, at=now))  # whoever goes on waits as long again
                raise FetchError("late", host=host_of(address), minutes=round(LONGEST_PREPARATION / 60))
            self._client.world.sleep(pause)
            pause = min(LONGEST_LOOK, pause * 1.5)

    def _prepared(self, query: Query, part: Part) -> Part | None:
        """The result that is ready; None where the service takes that back."""
        address = self._connector.result_address(self._base, part.ticket, query)
        answer = self._client.get(address, self._parts.file_of(query), accept=self._connector.accept)
        verdict = judge(answer)
        if verdict.kind is Kind.ERROR and "NOT_YET_AVAILABLE" in verdict.message:
            return None
        return self._taken(query, answer, verdict)

    def _halves(self, query: Query) -> tuple[Query, Query]:
        halves = query.halves(self._places)
        if halves is None:
            self._parts.forget(query)
            host = host_of(self._connector.address(self._base, query))
            raise FetchError("still_too_big", host=host, table=self._table)
        return halves

    def _keep(self, query: Query, state: str, answer: Answer, ticket: str = "") -> Part:
        if state != DATA:
            answer.path.unlink(missing_ok=True)
        return self._parts.keep(
            query,
            Part(
                state,
                self._client.world.clock(),
                url=answer.url,
                ticket=ticket,
                etag=answer.etag,
                last_modified=answer.last_modified,
            ),
        )
