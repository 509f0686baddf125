from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "clusterpolisee.shell.languages"
    label = "languages"
