from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "zhengtong.agora.drafting"
    label = "drafting"
