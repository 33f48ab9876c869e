"""Every page that can be looked at, with the account and the object to look at it with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from allervers.accompaniment.models import Claim, Event, Journey, Step
from allervers.accounts.models import Agent, Team
from allervers.encounters.models import Encounter
from allervers.outreach.models import Outing
from allervers.territory.models import Area, Place


@dataclass
class World:
    """Somebody of each sort, and what they would look at."""

    agents: list[Agent]
    objects: dict[str, Callable[[], object]]
    clients: dict[str, Client] = field(default_factory=dict)

    def one(self, key: str) -> object:
        """What stands for a part of an address; a key of nothing where there is none to look at."""
        try:
            return self.objects[key]()
        except (KeyError, IndexError):
            return uuid4()

    def client(self, agent: Agent) -> Client:
        """A browser signed in, whose errors come out."""
        if agent.username not in self.clients:
            self.clients[agent.username] = Client(raise_request_exception=True)
            self.clients[agent.username].force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
        return self.clients[agent.username]


def world_of(team: Team, agents: list[Agent]) -> World:
    """What a team's agents would open: the latest of each of its records."""
    journeys = Journey.objects.filter(team=team, person__isnull=False, ended_at=None).order_by("-opened_at", "id")
    claims = Claim.objects.filter(journey__in=journeys).order_by("-opened_at", "id")
    outings = Outing.objects.filter(team=team, cancelled_at=None).exclude(started_at=None).order_by("-starts_at", "id")
    encounters = Encounter.objects.filter(team=team, struck_at=None).order_by("-happened_at", "id")
    objects: dict[str, Callable[[], object]] = {
        "journey_id": lambda: journeys.values_list("pk", flat=True)[0],
        "person_id": lambda: journeys.values_list("person", flat=True)[0],
        "claim_id": lambda: claims.values_list("pk", flat=True)[0],
        "event_id": lambda: Event.objects.filter(claim__in=claims).values_list("pk", flat=True).order_by("pk")[0],
        "step_id": lambda: Step.objects.filter(journey__in=journeys).values_list("pk", flat=True).order_by("pk")[0],
        "outing_id": lambda: outings.values_list("pk", flat=True)[0],
        "encounter_id": lambda: encounters.values_list("pk", flat=True)[0],
        "place_id": lambda: Place.objects.order_by("pk").values_list("pk", flat=True)[0],
        "agent_id": lambda: agents[0].pk,
        "team_id": lambda: team.pk,
        "code": lambda: (
            outings.values_list("area__code", flat=True)[0] if outings else Area.objects.order_by("code")[0].code
        ),
        "figure": lambda: "met",
        "purpose": lambda: "contact",
    }
    return World(agents, objects)


@dataclass(frozen=True)
class Page:
    """A page that answers: its name, its address, and who looks at it."""

    name: str
    address: str
    agent: Agent


def pages(world: World) -> tuple[list[Page], list[str]]:
    """The pages that can be looked at by somebody of the world; and the names of those nobody could."""
    found, missed = [], []
    for name, pattern in sorted(named(get_resolver())):
        page = first_that_answers(world, name, pattern)
        if page:
            found.append(page)
        elif page is None:
            missed.append(name)
    return found, missed


def first_that_answers(world: World, name: str, pattern: URLPattern) -> Page | None | bool:
    """The page as the first agent who may see it; False for an address that only takes what is sent to it."""
    told = {key: world.one(key) for key in pattern.pattern.converters}
    for agent in world.agents:
        address = reverse(name, kwargs=told)
        status = world.client(agent).get(address).status_code
        if status == 405:
            return False
        if status == 200:
            return Page(name, address, agent)
    return None


def named(resolver: URLResolver) -> Iterator[tuple[str, URLPattern]]:
    """Every named address."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern)
        elif pattern.name and pattern.name not in {"nothing", "sign-in", "sign-out"}:
            yield pattern.name, pattern
