from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "clusterpolisee.shell.jobs"
    label = "jobs"
    verbose_name = _("Work in the background")

    def ready(self) -> None:
        from clusterpolisee.shell.accounts.permissions import declare
        from clusterpolisee.shell.history.deeds import tell
        from clusterpolisee.shell.jobs.deeds import DEEDS
        from clusterpolisee.shell.jobs.permissions import PERMISSIONS

        declare(PERMISSIONS)
        tell("jobs", DEEDS)
