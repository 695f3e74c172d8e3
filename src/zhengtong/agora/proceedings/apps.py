from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    name = "zhengtong.agora.proceedings"
    label = "proceedings"

    def ready(self) -> None:
        from zhengtong.agora.proceedings.served import require_answer
        from zhengtong.cases.demands import demand

        demand(require_answer)
