from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "zhengtong.observatory"
    label = "observatory"
