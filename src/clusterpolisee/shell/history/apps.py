from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "clusterpolisee.shell.history"
    label = "history"
