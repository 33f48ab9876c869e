"""The addresses of the desk. Every page asks who you are unless it is listed in PUBLIC."""

from allervers.web.desk.views import account, journeys, people, rights

PUBLIC = {"sign-in"}

urlpatterns = [
    *account.addresses,
    *journeys.addresses,
    *people.addresses,
    *rights.addresses,
]
