from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "zhengtong.vault"
    label = "vault"
