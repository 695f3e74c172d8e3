from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "zhengtong.charter"
    label = "charter"
