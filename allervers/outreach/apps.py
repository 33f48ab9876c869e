from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "allervers.outreach"
    label = "outreach"
