from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "clusterpolisee.shell.exports"
    label = "exports"
