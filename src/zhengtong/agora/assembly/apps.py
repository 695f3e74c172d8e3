from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    name = "zhengtong.agora.assembly"
    label = "assembly"
