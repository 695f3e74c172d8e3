from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "zhengtong.faces.forum"
    label = "faces_forum"
