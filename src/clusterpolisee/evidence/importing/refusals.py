"""Why a file, or a step of bringing it, is refused. Each reads as a sentence: what is wrong, where, what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.obstacles import Obstacle

COMMAND = "clusterpolisee data import"  # reads what is too long for the browser


class FileRefused(Obstacle):
    """The bytes cannot be used."""


class MappingRefused(Obstacle):
    """What was said about the columns cannot be followed."""


class StepNotPossible(Obstacle):
    """Something before this step is missing, or it was done already."""


class NotReadYet(StepNotPossible):
    """A long file is read in the background; this step has to wait for it."""

    def __init__(self) -> None:
        super().__init__(_("The file is long and is read in the background; this step waits for it."))
