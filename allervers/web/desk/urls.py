"""The addresses of the desk. Pages are closed unless listed in PUBLIC."""

PUBLIC = {"sign-in"}

urlpatterns: list = []
