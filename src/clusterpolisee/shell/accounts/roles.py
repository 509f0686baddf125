"""The names of the roles, what each includes, and over what it can be held: three tables."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

PLATFORM, REGION, THEME, LANGUAGE = "platform", "region", "theme", "language"
ASSESSMENT, GROUP = "assessment", "group"


class Role(models.TextChoices):
    """A visitor (no account) holds none; a person can hold several, some of them over a part of the whole only."""

    MEMBER = "member", _("member")
    ANALYST = "analyst", _("analyst")
    REGION_EDITOR = "region_editor", _("region editor")
    REGION_LEAD = "region_lead", _("region lead")
    ASSESSOR = "assessor", _("assessor")
    EXPERT = "expert", _("expert")
    EDITOR = "editor", _("editor")
    GROUP_LEAD = "group_lead", _("group lead")
    TRANSLATOR = "translator", _("translator")
    COORDINATOR = "coordinator", _("coordinator")
    ADMINISTRATOR = "administrator", _("administrator")

    @property
    def description(self) -> str:
        """What the role lets its holder do, for the person's own page and the administrators' pages."""
        return _DESCRIPTIONS[self]

    @property
    def scope_kinds(self) -> tuple[str, ...]:
        """Over what this role can be held."""
        return _SCOPE_KINDS[self]

    def includes(self, other: Role) -> bool:
        """Whether whoever holds this role may, over the same scope, what the other may."""
        return self == other or any(below.includes(other) for below in _INCLUDES.get(self, ()))


# Directly below each role. What stands in no row stands alone: a region lead imports no data, an administrator signs
# no region's assessment, and a coordinator gives no roles.
_INCLUDES: dict[Role, tuple[Role, ...]] = {
    Role.ANALYST: (Role.MEMBER,),
    Role.ADMINISTRATOR: (Role.ANALYST,),
    Role.REGION_LEAD: (Role.REGION_EDITOR,),
}

_SCOPE_KINDS: dict[Role, tuple[str, ...]] = {
    Role.MEMBER: (PLATFORM,),
    Role.ANALYST: (PLATFORM,),
    Role.REGION_EDITOR: (REGION,),
    Role.REGION_LEAD: (REGION,),
    Role.ASSESSOR: (ASSESSMENT,),
    Role.EXPERT: (THEME, LANGUAGE),
    Role.EDITOR: (PLATFORM, THEME),
    Role.GROUP_LEAD: (GROUP,),
    Role.TRANSLATOR: (LANGUAGE,),
    Role.COORDINATOR: (PLATFORM,),
    Role.ADMINISTRATOR: (PLATFORM,),
}

_DESCRIPTIONS = {
    Role.MEMBER: _("cite figures and keep citations under your name"),
    Role.ANALYST: _("import datasets, accept new versions and roll them back"),
    Role.REGION_EDITOR: _("write policies, assessments and pilots of the region and its subregions"),
    Role.REGION_LEAD: _("what a region editor may do, and sign and submit it in the region's name"),
    Role.ASSESSOR: _("answer the assessment"),
    Role.EXPERT: _("validate, review and answer enquiries"),
    Role.EDITOR: _("check and publish knowledge"),
    Role.GROUP_LEAD: _("lead the group: its members, agenda and synthesis"),
    Role.TRANSLATOR: _("write and check translations"),
    Role.COORDINATOR: _("keep the partnership, assessment frameworks, rounds and calls"),
    Role.ADMINISTRATOR: _("give and take roles, and everything an analyst may do"),
}
