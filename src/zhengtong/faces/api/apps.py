from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "zhengtong.faces.api"
    label = "faces_api"
