"""The names of the roles. A higher role may whatever the lower ones may."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """From the narrowest to the widest; a visitor (no account) holds none."""

    MEMBER = "member", _("member")
    ANALYST = "analyst", _("analyst")
    ADMINISTRATOR = "administrator", _("administrator")

    @property
    def description(self) -> str:
        """What the role lets its holder do, for the person's own page and the administrators' list."""
        return _DESCRIPTIONS[self]

    def includes(self, other: Role) -> bool:
        """Whether this role may at least what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


_DESCRIPTIONS = {
    Role.MEMBER: _("cite figures and keep citations under your name"),
    Role.ANALYST: _("import datasets, accept new versions and roll them back"),
    Role.ADMINISTRATOR: _("give and take roles, and everything the other roles may do"),
}
