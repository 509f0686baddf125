"""Which files of the store belong to the versions in the database: what a backup keeps, and no import sweeps."""

from __future__ import annotations

from collections.abc import Iterator

from clusterpolisee.evidence import queries, store


def files_of_versions() -> Iterator[str]:
    """Paths inside the store. A file that should be there is named even where it is not."""
    for folder in sorted(queries.known_folders()):
        yield f"{folder}/{store.OBSERVATIONS}"
        if (store.root() / folder / store.REJECTED).exists():
            yield f"{folder}/{store.REJECTED}"
    for sha256 in sorted(queries.known_raws()):
        kept = store.raw_path(sha256)
        packed = kept.with_suffix(".gz")
        yield (kept if kept.exists() or not packed.exists() else packed).relative_to(store.root()).as_posix()
