from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "zhengtong.faces.counter"
    label = "faces_counter"
