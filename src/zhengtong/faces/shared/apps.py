from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "zhengtong.faces.shared"
    label = "faces_shared"
