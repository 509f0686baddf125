from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "clusterpolisee.shell.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from clusterpolisee.shell.accounts import permissions

        permissions.declare(permissions.PERMISSIONS)
