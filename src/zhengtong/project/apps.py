from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "zhengtong.project"
    label = "project"
