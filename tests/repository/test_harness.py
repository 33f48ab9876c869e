"""The harness itself: each of its promises must be able to fail."""

import asyncio
import socket
import warnings

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from tests.harness import shuffled


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old manner", DeprecationWarning, stacklevel=1)


def test_no_test_leaves_this_machine():
    with pytest.raises(Exception, match="192.0.2.1"), socket.socket() as outside:
        outside.settimeout(1)
        outside.connect(("192.0.2.1", 80))


def test_a_template_that_names_what_nobody_gave_fails():
    template = engines["django"].from_string("Bonjour {{ persone.name }}")
    with pytest.raises(pytest.fail.Exception, match="persone.name"):
        template.render({"person": "Camille"})


def test_a_template_may_ask_whether_something_was_given():
    template = engines["django"].from_string("{% if note %}{{ note }}{% else %}rien{% endif %}")
    assert template.render({}) == "rien"


def test_a_loop_over_what_nobody_gave_fails():
    template = engines["django"].from_string("{% for step in stepps %}{{ step }}{% endfor %}")
    with pytest.raises(pytest.fail.Exception, match="stepps"):
        template.render({"steps": []})


READINGS = {
    "list": lambda rows: list(rows),
    "iterator": lambda rows: list(rows.iterator()),
    "values": lambda rows: [row["pk"] for row in rows.values("pk")],
}


def keys(reading, rows):
    return tuple(getattr(row, "pk", row) for row in READINGS[reading](rows))


@pytest.mark.django_db
@pytest.mark.parametrize("reading", READINGS)
def test_rows_asked_without_an_order_come_in_any_order(reading):
    orders = set()
    for seed in "abcdefgh":
        with shuffled.by(seed):
            orders.add(keys(reading, ContentType.objects.all()))
    assert len(orders) > 1
    assert len({frozenset(order) for order in orders}) == 1, "the same rows, whatever the order"


@pytest.mark.django_db
@pytest.mark.parametrize("reading", READINGS)
def test_rows_asked_in_an_order_come_in_it(reading):
    for seed in "abcdefgh":
        with shuffled.by(seed):
            found = keys(reading, ContentType.objects.order_by("pk"))
            assert found == tuple(sorted(found))


@pytest.mark.django_db
def test_the_engine_is_the_one_asked_for(request):
    assert connection.vendor == request.config.getoption("engine")


# ------------------------------------------------------------------ a page that only shows something changes nothing


@login_not_required
def careless(request):
    """A view that counts its visitors in the database."""
    get_user_model().objects.update(full_name="vue")
    return HttpResponse("vue")


@login_not_required
def careful(request):
    """A view that reads."""
    return HttpResponse(str(get_user_model().objects.count()))


urlpatterns = [path("careless", careless), path("careful", careful)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_that_writes_while_it_only_shows_fails(client, method):
    with pytest.raises(RuntimeError, match="A GET request tried to write: UPDATE"):
        getattr(client, method)("/careless")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_may_read_and_a_form_may_write(client):
    assert client.get("/careful").content == b"0"
    assert client.post("/careless").status_code == 200


# ------------------------------------------------------------------ a browser beside the database


def test_an_event_loop_running_in_this_thread_opens_no_second_connection():
    alone = connections["default"]
    asyncio.events._set_running_loop(asyncio.new_event_loop())
    try:
        assert connections["default"] is alone
    finally:
        asyncio.get_running_loop().close()
        asyncio.events._set_running_loop(None)
