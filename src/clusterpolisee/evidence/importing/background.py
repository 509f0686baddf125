"""Long files: what would keep a person waiting is done by a worker, and can be done again wherever it was broken off.

Each piece of work reads the upload anew, leaves what it found beside the bytes (working tables, readings) or in the row, and
finds there what an earlier try had finished.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.importing import readout as reading_out
from clusterpolisee.evidence.importing.refusals import StepNotPossible
from clusterpolisee.evidence.importing.telling import Say
from clusterpolisee.evidence.models import Upload
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.jobs.actions import start_job

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User
    from clusterpolisee.shell.jobs.models import Job

READ, CHECK, BRING = "evidence.import-read", "evidence.import-check", "evidence.import-bring"


def begin_reading(*, actor: User, upload: Upload, now: datetime) -> Job | None:
    """Let a worker read what the next step of a long file needs; None where nothing is wanting."""
    may_change(actor, upload)
    return _start(actor, upload, READ, now) if reading_out.is_waiting(upload) else None


def begin_check(*, actor: User, upload: Upload, now: datetime) -> Job:
    """Let a worker check a long file."""
    may_change(actor, upload)
    reading_out.table_of(upload)
    return _start(actor, upload, CHECK, now)


def begin_bringing(*, actor: User, upload: Upload, now: datetime) -> Job:
    """Let a worker store a long file as a new version."""
    may_change(actor, upload)
    must_be_checked(upload)
    return _start(actor, upload, BRING, now)


def read_long(*, actor: User, upload: Upload, say: Say) -> Upload:
    """Read what the next step needs, also when its owner has said more meanwhile."""
    may_change(actor, upload)
    while reading_out.is_waiting(upload):
        reading_out.read_what_waits(upload, say)
        upload.refresh_from_db()
    return upload


def _start(actor: User, upload: Upload, kind: str, now: datetime) -> Job:
    return start_job(
        actor=actor, kind=kind, about=queries.work_name(upload), arguments={"upload": upload.token}, now=now
    )


def may_change(actor: User, upload: Upload) -> None:
    """Refuse whoever is not its owner, and what was brought or thrown away already."""
    require(actor, "evidence.work_on_upload", upload)
    if not upload.is_draft:
        raise StepNotPossible(_("This file was brought or thrown away already."))


def must_be_checked(upload: Upload) -> None:
    """Refuse what is not as it was when it was checked."""
    if upload.checked.get("of") != reading_out.fingerprint(upload):
        raise StepNotPossible(_("Something has changed since the check. Check the file once more."))
