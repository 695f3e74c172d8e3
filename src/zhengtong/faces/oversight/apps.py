from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "zhengtong.faces.oversight"
    label = "faces_oversight"
