from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "clusterpolisee.shell.ui"
    label = "ui"
