from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "clusterpolisee.evidence"
    label = "evidence"
