from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "zhengtong.connectors.mail"
    label = "connectors_mail"
