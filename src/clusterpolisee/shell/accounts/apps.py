from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "clusterpolisee.shell.accounts"
    label = "accounts"
