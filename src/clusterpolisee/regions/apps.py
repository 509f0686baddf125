from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "clusterpolisee.regions"
    label = "regions"

    def ready(self) -> None:
        from clusterpolisee.regions.scope import REGIONS_AS_SCOPE
        from clusterpolisee.shell.accounts.scopes import plug_in

        plug_in(REGIONS_AS_SCOPE)
