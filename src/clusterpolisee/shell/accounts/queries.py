"""Questions about people."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clusterpolisee.shell.accounts.models import OPERATOR_EMAIL, RoleAssignment, User
from clusterpolisee.shell.accounts.roles import Role


def operator() -> User:
    """The account under which the command line acts: whoever has the machine has its rights. It never signs in."""
    user = User.objects.filter(email=OPERATOR_EMAIL).first()
    if user is None:
        user = User.objects.create_user(OPERATOR_EMAIL, name="Operator")
    RoleAssignment.objects.get_or_create(user=user, role=Role.ADMINISTRATOR)
    return user


def find_people(*, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """People by a part of name or address, by a role they hold anywhere, by whether the account is open or closed."""
    found = User.objects.people().prefetch_related("role_assignments")
    if text:
        like = Q(email__icontains=text) | Q(name__icontains=text)
        for spelling in {
            text.lower(),
            text.upper(),
            text.title(),
        }:  # SQLite knows capitals of Latin letters only
            like |= Q(name__contains=spelling)
        found = found.filter(like)
    if role:
        found = found.filter(role_assignments__role=role).distinct()
    if state:
        found = found.filter(is_active=state == "open")
    return found
