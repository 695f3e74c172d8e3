from django.apps import AppConfig


class AgoraConfig(AppConfig):
    name = "zhengtong.agora"
    label = "agora"
