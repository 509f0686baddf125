from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "clusterpolisee.regions"
    label = "regions"
