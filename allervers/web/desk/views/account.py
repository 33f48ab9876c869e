"""Signing in and out, one's password, and what the software is."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from allervers.accounts import ops
from allervers.law import engine
from allervers.territory.models import Source
from allervers.web.desk.asking import attempt


class SignIn(LoginView):
    """Name and password; five faults suspend the account for a quarter of an hour."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True


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
    path("deconnexion", LogoutView.as_view(), name="sign-out"),
    path("mot-de-passe", change_password, name="change-password"),
    path("a-propos", about, name="about"),
]
