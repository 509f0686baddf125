"""Questions about people."""

from __future__ import annotations

from clusterpolisee.shell.accounts.models import OPERATOR_EMAIL, RoleAssignment, User
from clusterpolisee.shell.accounts.roles import Role


def operator() -> User:
    """The account under which the command line acts: whoever has the machine has its rights. It never signs in."""
    user = User.objects.filter(email=OPERATOR_EMAIL).first()
    if user is None:
        user = User.objects.create_user(OPERATOR_EMAIL, name="Operator")
    RoleAssignment.objects.get_or_create(user=user, role=Role.ADMINISTRATOR)
    return user
