from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "clusterpolisee.community"
    label = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        from clusterpolisee.community.deeds import DEEDS
        from clusterpolisee.community.permissions import PERMISSIONS
        from clusterpolisee.shell.accounts.permissions import declare
        from clusterpolisee.shell.history.deeds import tell

        declare(PERMISSIONS)
        tell("community", DEEDS)
