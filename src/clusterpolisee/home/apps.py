from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "clusterpolisee.home"
    label = "home"
