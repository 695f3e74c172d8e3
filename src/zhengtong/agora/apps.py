from django.apps import AppConfig


class AgoraConfig(AppConfig):
    name = "zhengtong.agora"
    label = "agora"

    def ready(self) -> None:
        from zhengtong.agora.acts.costing import require_checked
        from zhengtong.cases.demands import demand

        demand(require_checked)
