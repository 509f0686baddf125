from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "clusterpolisee.community"
    label = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        from clusterpolisee.community.deeds import DEEDS, clusters_by_key
        from clusterpolisee.community.permissions import PERMISSIONS
        from clusterpolisee.shell.accounts.permissions import declare
        from clusterpolisee.shell.history.deeds import name_things, tell

        declare(PERMISSIONS)
        tell("community", DEEDS)
        name_things("community", "cluster", clusters_by_key)
