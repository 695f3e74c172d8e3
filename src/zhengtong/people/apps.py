from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zhengtong.people"
    label = "people"
