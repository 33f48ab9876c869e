"""The addresses of the desk. Every page asks who you are unless it is listed in PUBLIC."""

from allervers.web.desk.views import account

PUBLIC = {"sign-in"}

urlpatterns = [
    *account.addresses,
]
