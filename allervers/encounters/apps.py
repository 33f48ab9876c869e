from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "allervers.encounters"
    label = "encounters"
