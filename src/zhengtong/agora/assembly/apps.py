from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    name = "zhengtong.agora.assembly"
    label = "assembly"

    def ready(self) -> None:
        from zhengtong.agora.assembly.items import end_dealt
        from zhengtong.cases.aftermath import after_closing

        after_closing(end_dealt)
