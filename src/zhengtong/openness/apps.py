from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "zhengtong.openness"
    label = "openness"

    def ready(self) -> None:
        from zhengtong.cases.aftermath import after_closing
        from zhengtong.cases.demands import demand, demand_of_grants
        from zhengtong.openness.giving import give_with_answer, leave_to_the_office, require_papers
        from zhengtong.openness.stories import tell
        from zhengtong.openness.third_parties import require_said, require_settled

        demand(require_papers)
        demand(require_said)
        demand(require_settled)
        demand_of_grants(leave_to_the_office)
        after_closing(give_with_answer)
        tell()
