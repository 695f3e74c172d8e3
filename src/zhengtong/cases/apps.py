from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "zhengtong.cases"
    label = "cases"
