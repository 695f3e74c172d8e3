from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "zhengtong.openness"
    label = "openness"

    def ready(self) -> None:
        from zhengtong.cases.demands import demand
        from zhengtong.openness.acts import require_papers
        from zhengtong.openness.stories import tell
        from zhengtong.openness.third_parties import require_said, require_settled

        demand(require_papers)
        demand(require_said)
        demand(require_settled)
        tell()
