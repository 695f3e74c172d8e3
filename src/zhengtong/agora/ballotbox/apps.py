from django.apps import AppConfig


class BallotBoxConfig(AppConfig):
    name = "zhengtong.agora.ballotbox"
    label = "ballotbox"
