from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "zhengtong.faces.account"
    label = "faces_account"
