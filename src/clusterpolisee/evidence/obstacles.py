"""What can stand in the way of data. Each obstacle reads as a sentence for the person who met it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.models import DataGap, Dataset, DatasetVersion


class Obstacle(Exception):
    """The sentence says what is wrong, where, and what to do."""


class UnknownDataset(Obstacle):
    """No table of the catalogue has this code."""

    def __init__(self, code: str, known: list[str]) -> None:
        super().__init__(
            _("The catalogue has no table “%(code)s”. It has: %(known)s.")
            % {"code": code, "known": ", ".join(known) or "–"}
        )


class DatasetNotRecognised(Obstacle):
    """The file does not say which table it holds."""

    def __init__(self, known: list[str]) -> None:
        super().__init__(
            _(
                "The file does not say which table it holds. Name it with --dataset; the catalogue has: %(known)s."
            )
            % {"known": ", ".join(known) or "–"}
        )


class AnotherTable(Obstacle):
    """The file says it is one table, the person says another."""

    def __init__(self, said: str, asked: str) -> None:
        super().__init__(
            _(
                "The file says that it holds the table %(said)s, not %(asked)s. Leave out --dataset, or choose a file."
            )
            % {"said": said, "asked": asked}
        )


class FileUnreadable(Obstacle):
    """The bytes are no statistical file the platform can read."""


class TableDoesNotFit(Obstacle):
    """The file was read, but it has not the dimensions the catalogue describes."""


class CodeTaken(Obstacle):
    """Another table has this code, or an address of the platform needs the word."""

    def __init__(self, code: str) -> None:
        super().__init__(_("The code “%(code)s” is taken. Choose another one.") % {"code": code})


class NeedsSecondPerson(Obstacle):
    """Who brought a version does not decide on it, where the table asks for a second pair of eyes."""

    def __init__(self, version: DatasetVersion) -> None:
        super().__init__(
            _(
                "You brought version %(number)s of %(table)s yourself. A second person has to accept it; every other "
                "analyst can."
            )
            % {"number": version.number, "table": version.dataset.code}
        )


class GapNotPossible(Obstacle):
    """A gap is not in a state in which this can be done to it."""

    def __init__(self, gap: DataGap) -> None:
        super().__init__(
            _("“%(gap)s” is %(state)s; this cannot be done to it now.")
            % {"gap": gap.missing, "state": gap.get_state_display()}
        )


class ReasonNeeded(Obstacle):
    """A gap is not closed without a word."""

    def __init__(self) -> None:
        super().__init__(_("Say why it is closed: whether the figures came, or why they cannot come."))


class DeedNotPossible(Obstacle):
    """A version is not in a state in which this can be done to it."""

    def __init__(self, version: DatasetVersion, deed: str) -> None:
        sentences = {
            "accept": _("Version %(number)s of %(table)s cannot be accepted: it is %(state)s."),
            "reject": _("Version %(number)s of %(table)s cannot be rejected: it is %(state)s."),
            "roll_back": _("Version %(number)s of %(table)s cannot be rolled back: it is %(state)s."),
        }
        super().__init__(
            sentences[deed]
            % {"number": version.number, "table": version.dataset.code, "state": version.get_state_display()}
        )


class NothingToDecide(Obstacle):
    """No version of the table waits."""

    def __init__(self, dataset: Dataset) -> None:
        super().__init__(_("No version of %(table)s waits for a decision.") % {"table": dataset.code})


class NothingToGoBackTo(Obstacle):
    """There is no version in use, or none before it."""

    def __init__(self, dataset: Dataset) -> None:
        super().__init__(
            _("%(table)s cannot be rolled back: there is no version before the one in use.")
            % {"table": dataset.code}
        )
