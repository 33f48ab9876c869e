from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "allervers.people"
    label = "people"
