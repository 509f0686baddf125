from django.apps import AppConfig


class ClassificationsConfig(AppConfig):
    name = "clusterpolisee.classifications"
    label = "classifications"
