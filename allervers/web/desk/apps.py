from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "allervers.web.desk"
    label = "desk"
