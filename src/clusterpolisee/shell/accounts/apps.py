from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "clusterpolisee.shell.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from clusterpolisee.shell.accounts import permissions, receivers, scopes  # noqa: F401
        from clusterpolisee.shell.accounts.deeds import DEEDS, people_by_key
        from clusterpolisee.shell.accounts.language_scope import LANGUAGES_AS_SCOPE
        from clusterpolisee.shell.history import deeds

        permissions.declare(permissions.PERMISSIONS)
        scopes.plug_in(LANGUAGES_AS_SCOPE)
        deeds.tell("accounts", DEEDS)
        deeds.name_things("accounts", "user", people_by_key)
