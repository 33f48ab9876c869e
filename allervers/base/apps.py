from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "allervers.base"
    label = "base"
