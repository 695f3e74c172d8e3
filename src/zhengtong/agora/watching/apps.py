from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "zhengtong.agora.watching"
    label = "watching"
