from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "clusterpolisee.evidence"
    label = "evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from clusterpolisee.evidence import jobs  # noqa: F401 - plugs its kinds of jobs in
        from clusterpolisee.evidence.permissions import PERMISSIONS
        from clusterpolisee.shell.accounts.permissions import declare

        declare(PERMISSIONS)
