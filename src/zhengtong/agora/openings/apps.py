from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    name = "zhengtong.agora.openings"
    label = "openings"
