from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassificationsConfig(AppConfig):
    name = "clusterpolisee.classifications"
    label = "classifications"
    verbose_name = _("Classifications")

    def ready(self) -> None:
        from clusterpolisee.classifications.deeds import DEEDS
        from clusterpolisee.classifications.permissions import PERMISSIONS
        from clusterpolisee.classifications.scope import THEMES_AS_SCOPE
        from clusterpolisee.shell.accounts.permissions import declare
        from clusterpolisee.shell.accounts.scopes import plug_in
        from clusterpolisee.shell.history.deeds import tell

        declare(PERMISSIONS)
        plug_in(THEMES_AS_SCOPE)
        tell("classifications", DEEDS)
