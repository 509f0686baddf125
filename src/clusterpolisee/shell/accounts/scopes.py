"""What a role is held over, and the socket through which upper floors say what there is.

The ground floor knows that roles can be held over a region; which regions there are, only `regions` knows:

    plug_in(ScopeKind(name="region", resolve=…, names_of=…, covers=…))     # in the upper app's ready()

Way of a scope: what an administrator writes → `scope_of` (resolve, or a sentence) → RoleAssignment.scope_kind and
scope_key → `Held` on the person → `covers`, asked by permissions.holds_over with the key of the thing at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clusterpolisee.shell.accounts.roles import PLATFORM, Role

Words = str | Promise


class ScopeNotForRole(ValueError):
    """The role cannot be held over that kind of thing."""

    def __init__(self, role: Role, kind: str) -> None:
        possible = ", ".join(kind_label(one) for one in role.scope_kinds)
        super().__init__(
            _("The role of %(role)s cannot be held over “%(kind)s”. It is held over: %(possible)s.")
            % {"role": role.label, "kind": kind_label(kind), "possible": possible}
        )


class UnknownScope(ValueError):
    """There is no such region, theme or language: the sentence of whoever knows says what can be tried."""


@dataclass(frozen=True)
class Scope:
    """The whole platform, or one region, theme, language, assessment or group."""

    kind: str = PLATFORM
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


WHOLE_PLATFORM = Scope()


@dataclass(frozen=True)
class Held:
    """A role somebody holds, and over what."""

    role: Role
    scope: Scope = WHOLE_PLATFORM


@dataclass(frozen=True)
class ScopeKind:
    """One kind of thing that roles can be held over, as the app that knows it tells.

    label: how a form asks for it. resolve: what somebody wrote → the key; raises UnknownScope with a sentence.
    names_of: keys → names for readers. choices: what to offer; where `is_searched`, as suggestions beside a field.
    covers: whether whoever holds the first key also answers for the second.
    """

    name: str
    label: Words
    resolve: Callable[[str], str]
    names_of: Callable[[Iterable[str]], Mapping[str, str]]
    choices: Callable[[], list[tuple[str, str]]]
    covers: Callable[[str, str], bool] = str.__eq__
    help_text: Words = ""
    is_searched: bool = False


_kinds: dict[str, ScopeKind] = {}


def plug_in(kind: ScopeKind) -> None:
    """Make a kind of scope known. An app does it once, when it starts."""
    if kind.name in _kinds and _kinds[kind.name] is not kind:
        raise ValueError(f"Two apps say what “{kind.name}” is: keep one of them.")
    _kinds[kind.name] = kind


def kinds() -> list[ScopeKind]:
    """The kinds that somebody has plugged in."""
    return list(_kinds.values())


def kind_label(name: str) -> str:
    if name == PLATFORM:
        return _("the whole platform")
    return str(_kinds[name].label) if name in _kinds else name


def roles_over(kind: str) -> list[Role]:
    """The roles that can be held over this kind of thing."""
    return [role for role in Role if kind in role.scope_kinds]


def scope_of(role: Role, kind: str, text: str = "") -> Scope:
    """What somebody wrote, as a scope the role can have; raises ScopeNotForRole or UnknownScope."""
    if kind not in role.scope_kinds:
        raise ScopeNotForRole(role, kind)
    if kind == PLATFORM:
        return WHOLE_PLATFORM
    if kind not in _kinds:
        raise UnknownScope(
            _("This platform has nothing of the kind “%(kind)s” yet, so the role cannot be given.")
            % {"kind": kind}
        )
    return Scope(kind, _kinds[kind].resolve(text.strip()))


def covers(held: Scope, kind: str, key: str) -> bool:
    """Whether a role held over the first reaches a thing of this kind and key. The whole platform reaches all."""
    if held.kind == PLATFORM:
        return True
    if held.kind != kind or not held.key or not key:
        return False
    return _kinds[kind].covers(held.key, key) if kind in _kinds else held.key == key


def names_of(scopes: Iterable[Scope]) -> dict[Scope, str]:
    """Scope → what a reader sees; one question per kind. A key that nobody knows any more stands for itself."""
    found: dict[Scope, str] = {}
    wanted = set(scopes)
    for kind in {scope.kind for scope in wanted}:
        keys = sorted(scope.key for scope in wanted if scope.kind == kind)
        known = _kinds[kind].names_of(keys) if kind in _kinds else {}
        found |= {Scope(kind, key): known.get(key, key) for key in keys}
    found[WHOLE_PLATFORM] = _("the whole platform")
    return found
