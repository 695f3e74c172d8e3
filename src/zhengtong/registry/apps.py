from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "zhengtong.registry"
    label = "registry"
