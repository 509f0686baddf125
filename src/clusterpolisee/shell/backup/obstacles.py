"""What can stand in the way of a backup or a restore. Each obstacle reads as a sentence for whoever met it."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _


class Obstacle(Exception):
    """The sentence says what is wrong, where, and what to do."""


class BackupDamaged(Obstacle):
    """The archive is not what was written, or was never one of ours."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(
            _(
                "%(file)s is damaged or no backup of ClusterPoliSEE: %(what)s. Nothing was changed; use another backup."
            )
            % {"file": file, "what": what}
        )


class BackupIsNewer(Obstacle):
    """Made by a version of the platform that knew more than this one."""

    def __init__(self, file: Path, version: str, what: str) -> None:
        super().__init__(
            _(
                "%(file)s was made by ClusterPoliSEE %(version)s, which is newer than this one (%(what)s). Nothing was "
                "changed; update the platform and restore again."
            )
            % {"file": file, "version": version, "what": what}
        )


class DatabaseIsNewer(Obstacle):
    """The rows in the database were written by newer code: older code would lose columns."""

    def __init__(self, unknown: list[str]) -> None:
        super().__init__(
            _(
                "The database has been migrated by a newer version (%(unknown)s). Nothing was written; make the backup "
                "with that version."
            )
            % {"unknown": ", ".join(unknown[:5])}
        )


class NotSetUp(Obstacle):
    """There is no instance to keep."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            _(
                "There is no instance in %(home)s yet, so there is nothing to keep. CLUSTERPOLISEE_HOME names the folder."
            )
            % {"home": home}
        )


class FileExists(Obstacle):
    """A backup never takes the place of another file."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            _("%(file)s exists already and is left as it is; name another file.") % {"file": file}
        )


class InstanceExists(Obstacle):
    """A restore never silently takes the place of an instance."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            _(
                "There is an instance already (%(home)s). Nothing was changed. Restore into an empty folder with --into, "
                "or replace this one with --replace: it is then kept aside first."
            )
            % {"home": home}
        )


class NoRoom(Obstacle):
    """The disk cannot take it."""

    def __init__(self, folder: Path, needed: int, free: int) -> None:
        super().__init__(
            _(
                "%(folder)s has %(free)s MB left and %(needed)s MB are needed. Nothing was changed; make room first."
            )
            % {"folder": folder, "free": f"{free / 1e6:,.0f}", "needed": f"{needed / 1e6:,.0f}"}
        )


class CannotWrite(Obstacle):
    """The system refuses; its own words follow."""

    def __init__(self, file: Path | str, words: str) -> None:
        super().__init__(
            _("%(file)s cannot be written: %(words)s. Nothing was changed; mend that and try again.")
            % {"file": file, "words": words}
        )


class CannotRead(Obstacle):
    """There is no such file, or it is not for us."""

    def __init__(self, file: Path, words: str) -> None:
        super().__init__(_("%(file)s cannot be read: %(words)s.") % {"file": file, "words": words})


class RowsDoNotFit(Obstacle):
    """The database refuses the rows of the backup; the transaction was taken back."""

    def __init__(self, table: str, words: str) -> None:
        super().__init__(
            _("The database does not take the rows of %(table)s: %(words)s. Nothing was changed.")
            % {"table": table, "words": words}
        )


class OldInstanceUnreadable(Obstacle):
    """What is to be replaced cannot be kept aside first."""

    def __init__(self, home: Path, words: str) -> None:
        super().__init__(
            _(
                "The instance in %(home)s cannot be kept aside: %(words)s. Nothing was changed. Move the folder away "
                "yourself and restore into an empty one."
            )
            % {"home": home, "words": words}
        )
