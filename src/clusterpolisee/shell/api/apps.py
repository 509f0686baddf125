from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "clusterpolisee.shell.api"
    label = "api"
    verbose_name = _("API")

    def ready(self) -> None:
        from clusterpolisee.shell.accounts.permissions import declare
        from clusterpolisee.shell.api.deeds import DEEDS
        from clusterpolisee.shell.api.permissions import PERMISSIONS
        from clusterpolisee.shell.history.deeds import tell

        declare(PERMISSIONS)
        tell("api", DEEDS)
