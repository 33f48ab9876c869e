"""What the top of every page shows."""


def navigation(request):
    """The sections that the signed-in agent's role opens."""
    return {}
