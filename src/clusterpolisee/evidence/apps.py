from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "clusterpolisee.evidence"
    label = "evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from clusterpolisee.evidence.kept_files import files_of_versions
        from clusterpolisee.evidence.permissions import PERMISSIONS
        from clusterpolisee.evidence.store import importing
        from clusterpolisee.shell.accounts.permissions import declare
        from clusterpolisee.shell.backup.sockets import keep_files

        declare(PERMISSIONS)
        keep_files("store", named=files_of_versions, hold=importing)
