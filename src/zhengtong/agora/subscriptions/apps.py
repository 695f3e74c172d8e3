from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "zhengtong.agora.subscriptions"
    label = "subscriptions"
