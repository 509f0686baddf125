"""People and the roles they hold."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterpolisee.shell.accounts.roles import PLATFORM, Role
from clusterpolisee.shell.accounts.scopes import Held, Scope

OPERATOR_EMAIL = "operator@localhost"

ADMINISTRATION = Held(Role.ADMINISTRATOR)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, *, name: str = "", **fields: Any) -> User:
        """A new account without roles. Without a password nobody can sign in to it."""
        if not email:
            raise ValueError("An account needs an e-mail address: people sign in with it.")
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())

    def people(self) -> models.QuerySet[User]:
        """Everyone but the machine's own account."""
        return self.exclude(email=OPERATOR_EMAIL)


class User(AbstractBaseUser):
    """A person with an account, known by e-mail address (always kept in small letters)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    preferred_language = models.CharField(_("preferred language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo account"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return gettext("Operator") if self.is_operator else self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_operator(self) -> bool:
        """The machine's own account: acts from the command line, never signs in."""
        return self.email == OPERATOR_EMAIL

    @property
    def is_admitted(self) -> bool:
        """May sign in here. Demo accounts have published passwords, so outside a demo they are locked."""
        return self.is_active and not self.is_operator and (settings.DEMO or not self.is_demo)

    @cached_property
    def held_roles(self) -> frozenset[Held]:
        """Every role with its scope, as far as it counts now; one query, remembered for the life of this object."""
        if not (self.is_admitted or self.is_operator) or self.pk is None:
            return frozenset()
        rows = RoleAssignment.objects.filter(user=self).values_list("role", "scope_kind", "scope_key")
        held = frozenset(Held(Role(role), Scope(kind, key)) for role, kind, key in rows)
        return held - {ADMINISTRATION} if ADMINISTRATION in held and self.lacks_second_factor else held

    @property
    def role_names(self) -> frozenset[str]:
        """The roles held on the whole platform."""
        return frozenset(str(held.role) for held in self.held_roles if held.scope.kind == PLATFORM)

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in takes more than a password: an app's code or a passkey. Recovery codes alone do not."""
        return self.authenticator_set.exclude(type="recovery_codes").exists()  # type: ignore[attr-defined]

    @property
    def lacks_second_factor(self) -> bool:
        """Where administrators must have a second factor, the role sleeps until they do. The machine needs none."""
        return settings.ADMINISTRATOR_SECOND_FACTOR == "required" and not (
            self.is_operator or self.has_second_factor
        )

    @property
    def is_staff(self) -> bool:
        return Role.ADMINISTRATOR in self.role_names

    @property
    def is_superuser(self) -> bool:
        """Nobody stands above the permission tables."""
        return False


class RoleAssignment(models.Model):
    """One role that one person holds in one scope."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_assignments"
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope_kind = models.CharField(max_length=30, default=PLATFORM)
    scope_key = models.CharField(max_length=120, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope_kind", "scope_key"], name="a_role_is_held_once"
            ),
            models.CheckConstraint(
                condition=models.Q(scope_kind=PLATFORM, scope_key="")
                | (~models.Q(scope_kind=PLATFORM) & ~models.Q(scope_key="")),
                name="a_part_of_the_platform_has_a_key",
            ),
        ]

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_kind, self.scope_key)

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
