"""The addresses of the desk. Every page asks who you are unless it is listed in PUBLIC."""

from allervers.web.desk.views import (
    account,
    accounts,
    encounters,
    figures,
    journal,
    journeys,
    outings,
    people,
    rights,
    territory,
    today,
)

PUBLIC = {"sign-in"}

urlpatterns = [
    *account.addresses,
    *accounts.addresses,
    *encounters.addresses,
    *figures.addresses,
    *journal.addresses,
    *outings.addresses,
    *today.addresses,
    *journeys.addresses,
    *people.addresses,
    *rights.addresses,
    *territory.addresses,
]
