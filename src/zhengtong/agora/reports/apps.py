from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "zhengtong.agora.reports"
    label = "reports"
