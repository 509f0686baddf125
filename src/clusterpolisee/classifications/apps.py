from django.apps import AppConfig


class ClassificationsConfig(AppConfig):
    name = "clusterpolisee.classifications"
    label = "classifications"

    def ready(self) -> None:
        from clusterpolisee.classifications.scope import THEMES_AS_SCOPE
        from clusterpolisee.shell.accounts.scopes import plug_in

        plug_in(THEMES_AS_SCOPE)
