from django.apps import AppConfig


class AccompanimentConfig(AppConfig):
    name = "allervers.accompaniment"
    label = "accompaniment"
