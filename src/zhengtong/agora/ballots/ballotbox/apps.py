from django.apps import AppConfig


class BallotBoxConfig(AppConfig):
    name = "zhengtong.agora.ballots.ballotbox"
    label = "ballotbox"
