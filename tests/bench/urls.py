"""The application's addresses, and a page that does nothing, to compare with."""

from django.http import HttpResponse
from django.urls import include, path


def nothing(request):
    """Through every middleware, for somebody signed in, and no more."""
    return HttpResponse(b"", content_type="text/html")


urlpatterns = [path("rien", nothing, name="nothing"), path("", include("config.urls"))]
