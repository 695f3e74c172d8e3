from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhengtong.faces.desk"
    label = "faces_desk"
