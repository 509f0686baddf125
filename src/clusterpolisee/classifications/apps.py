from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassificationsConfig(AppConfig):
    name = "clusterpolisee.classifications"
    label = "classifications"
    verbose_name = _("Classifications")

    def ready(self) -> None:
        from clusterpolisee.classifications.permissions import PERMISSIONS
        from clusterpolisee.shell.accounts.permissions import declare

        declare(PERMISSIONS)
