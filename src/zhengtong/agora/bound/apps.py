from django.apps import AppConfig


class BoundConfig(AppConfig):
    name = "zhengtong.agora.bound"
    label = "bound"

    def ready(self) -> None:
        from zhengtong.agora.bound.ending import note_end, require_words
        from zhengtong.cases.aftermath import after_closing
        from zhengtong.cases.demands import demand

        after_closing(note_end)
        demand(require_words)
