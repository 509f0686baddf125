"""Looks at the files of the store: all that the database names, whole and of the right shape, and nothing else."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterpolisee.config.check_results import Result, look, right, wrong
from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.models import DatasetVersion


def writable() -> Iterator[Result]:
    try:
        store.root().mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=store.root(), prefix=".check-"):
            pass
    except OSError as mistake:
        words = {"folder": store.root(), "words": mistake.strerror}
        mend = _("Give the folder to the account that runs the server.")
        yield wrong("store", _("The store %(folder)s cannot be written: %(words)s.") % words, mend)
    else:
        yield right("store", _("The store can be written."))


def versions(deep: bool = False) -> Iterator[Result]:
    """Each version's observations are there, readable and of the right columns; deep: with the right figures."""
    troubles = count = 0
    for version in DatasetVersion.objects.select_related("dataset", "previous").order_by(
        "dataset__code", "number"
    ):
        count += 1
        if words := trouble_with(version, deep):
            troubles += 1
            table = version.dataset.code
            sentence = _("Version %(number)s of %(table)s: %(words)s.")
            yield wrong(
                "versions",
                sentence % {"number": version.number, "table": table, "words": words},
                _mend(version),
            )
    if not troubles:
        sentence = ngettext(
            "%(count)s version of a table is there and readable.",
            "%(count)s versions of tables are there and readable.",
            count,
        )
        yield right("versions", sentence % {"count": count})


def trouble_with(version: DatasetVersion, deep: bool) -> str:
    path = store.root() / version.folder / store.OBSERVATIONS
    if not path.exists():
        return _("its observations are missing")
    try:
        if pl.read_parquet_schema(path) != store.SCHEMA:
            return _("its observations have other columns than they should")
        rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        if rows != version.rows:
            return _("it has %(found)s cells instead of %(wanted)s") % {"found": rows, "wanted": version.rows}
        if deep and store.observations_sha256(store.observations(version)) != version.observations_sha256:
            return _("its figures are not those that were imported")
    except (pl.exceptions.PolarsError, OSError) as mistake:
        return _("its observations cannot be read (%(words)s)") % {
            "words": str(mistake).splitlines()[0][:120]
        }
    return ""


def raw_files(deep: bool = False) -> Iterator[Result]:
    """The bytes each version was read from; deep: with the right hash."""
    troubles = 0
    for version in DatasetVersion.objects.select_related("dataset").order_by("dataset__code", "number"):
        if words := _trouble_with_raw(version.raw_sha256, deep):
            troubles += 1
            sentence = _("The file “%(name)s” behind version %(number)s of %(table)s %(words)s.") % {
                "name": version.raw_name,
                "number": version.number,
                "table": version.dataset.code,
                "words": words,
            }
            yield wrong(
                "raw",
                sentence,
                _("Take it from a backup: clusterpolisee restore FILE --into ANOTHER_FOLDER."),
            )
    if not troubles:
        yield right("raw", _("The original file behind each version is there."))


def _trouble_with_raw(sha256: str, deep: bool) -> str:
    if not store.has_raw(sha256):
        return _("is missing")
    if not deep:
        return ""
    try:
        with store.opened_raw(sha256) as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256  # type: ignore[arg-type]
    except (OSError, EOFError) as mistake:
        return _("cannot be read (%(words)s)") % {"words": str(mistake)[:120]}
    return "" if same else _("is not what was imported")


def orphans() -> Iterator[Result]:
    """What no version names: left by an import that was killed; the next import sweeps it."""
    root, folders, raws = store.root(), queries.known_folders(), queries.known_raws()
    found: list[Path] = [
        path for path in root.glob("versions/*/*") if path.relative_to(root).as_posix() not in folders
    ]
    found += [path for path in root.glob("raw/*/*") if path.stem not in raws]
    found += root.glob(".staging-*")
    if found:
        sentence = ngettext(
            "%(count)s thing in the store belongs to no version, e.g. %(name)s.",
            "%(count)s things in the store belong to no version, e.g. %(name)s.",
            len(found),
        )
        name = found[0].relative_to(root).as_posix()
        mend = _("An import may be under way; if not, the next one sweeps it.")
        yield look("orphans", sentence % {"count": len(found), "name": name}, mend)
    else:
        yield right("orphans", _("Nothing lies in the store that no version names."))


def _mend(version: DatasetVersion) -> str:
    if version.dataset.current_id == version.pk and version.previous:
        return _(
            "Go back meanwhile: clusterpolisee data rollback %(code)s; then take the file from a backup."
        ) % {"code": version.dataset.code}
    return _("Take the file from a backup: clusterpolisee restore FILE --into ANOTHER_FOLDER.")
