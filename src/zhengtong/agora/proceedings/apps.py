from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    name = "zhengtong.agora.proceedings"
    label = "proceedings"
