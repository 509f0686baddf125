from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "clusterpolisee.evidence"
    label = "evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from clusterpolisee.evidence import (
            category_figures,
            derived,
            jobs,  # noqa: F401 - plugs its kinds of jobs in
        )
        from clusterpolisee.evidence.cards import plug_cards_in
        from clusterpolisee.evidence.deeds import DEEDS, NAMED
        from clusterpolisee.evidence.engine.reckoning import start_reckoning
        from clusterpolisee.evidence.explanations import EXPLANATIONS
        from clusterpolisee.evidence.figures import PLUGGED_RESOLVERS, RESOLVERS
        from clusterpolisee.evidence.kept_files import files_of_versions
        from clusterpolisee.evidence.opportunities import explanations as of_opportunities
        from clusterpolisee.evidence.permissions import PERMISSIONS
        from clusterpolisee.evidence.sockets import when_version_comes_into_use
        from clusterpolisee.evidence.store import importing
        from clusterpolisee.shell.accounts.permissions import declare
        from clusterpolisee.shell.backup.sockets import keep_files
        from clusterpolisee.shell.history.deeds import name_things, tell

        declare(PERMISSIONS)
        plug_cards_in()
        when_version_comes_into_use(start_reckoning)
        PLUGGED_RESOLVERS["derived"] = derived.figure
        EXPLANATIONS.update(of_opportunities.EXPLANATIONS)
        RESOLVERS.update(category_figures.RESOLVERS)
        tell("evidence", DEEDS)
        for (app, kind), things_of in NAMED.items():
            name_things(app, kind, things_of)
        keep_files("store", named=files_of_versions, hold=importing)
