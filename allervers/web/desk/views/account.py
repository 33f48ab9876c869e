"""Signing in and out, one's password, and what the software is."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from allervers.accounts import ops
from allervers.accounts.models import plain
from allervers.law import engine
from allervers.territory.models import Source
from allervers.web.desk.asking import attempt


class SignIn(LoginView):
    """Name and password; five faults suspend the account for a quarter of an hour."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def get_redirect_url(self, request=None) -> str:
        """Where one wanted to go, a page of this site; signing in or out again is nowhere."""
        wanted = super().get_redirect_url()
        nowhere = wanted.partition("?")[0] in (reverse("sign-in"), reverse("sign-out"))
        return "" if nowhere or not wanted.startswith("/") else wanted


class SignOut(LogoutView):
    """And the browser forgets the pages it kept. One signs in again from there, wherever one asked to go."""

    def get_redirect_url(self, request=None) -> str:
        return ""

    def post(self, request, *args, **kwargs):
        answer = super().post(request, *args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer


def username_tried(request, credentials=None) -> str:
    """The account that a password is tried on, however its name is typed: no spelling has five tries of its own."""
    return plain((credentials or {}).get("username") or request.POST.get("username", ""))


def address_of(request) -> str | None:
    """Where the visitor comes from: what the TLS proxy saw when there is one (HTTPS=1), never what the visitor says."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    seen = forwarded.rpartition(",")[2].strip()
    try:
        return str(ip_address(seen)) if seen else request.META.get("REMOTE_ADDR") or None
    except ValueError:
        return request.META.get("REMOTE_ADDR") or None


def locked_out(request, response=None, credentials=None, *args, **kwargs):
    """What is shown after five faults."""
    return render(request, "desk/locked_out.html", status=429)


@require_http_methods(["GET", "POST"])
def change_password(request):
    """One's own password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        new, current = form.cleaned_data["new_password1"], form.cleaned_data["old_password"]
        told = {"agent": request.user, "password": new, "current": current, "by": request.user}
        if attempt(form, ops.change_password, **told):
            update_session_auth_hash(request, request.user)
            messages.success(request, "Votre mot de passe est changé.")
            return redirect("today")
    return render(request, "desk/change_password.html", {"form": form})


@require_safe
def about(request):
    """What the software promises, where its figures come from."""
    return render(request, "desk/about.html", {"engine": engine(), "sources": Source.objects.order_by("title")})


addresses = [
    path("connexion", SignIn.as_view(), name="sign-in"),
    path("deconnexion", SignOut.as_view(), name="sign-out"),
    path("mot-de-passe", change_password, name="change-password"),
    path("a-propos", about, name="about"),
]
