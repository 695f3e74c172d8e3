from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "zhengtong.openness"
    label = "openness"
