from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "zhengtong.people.sign_in"
    label = "sign_in"
