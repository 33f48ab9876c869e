"""A team with one of everything, then with fifty: what a list asks must not depend on its rows."""

from datetime import timedelta

from allervers.accounts.models import Agent, Team
from allervers.base import clock
from allervers.people import ops as people
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, note
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory
from tests.factories.outreach import OutingFactory
from tests.factories.people import PersonFactory
from tests.factories.territory import AreaFactory, PlaceFactory

ROLES = ("practitioner", "coordinator", "peer_supporter", "administrator")


def new_team() -> tuple[Team, list[Agent]]:
    """A team of its own, with somebody of each role that has pages."""
    team = TeamFactory()
    return team, [AgentFactory(role=role, teams=[team]) for role in ROLES]


class Grower:
    """Adds one of everything to the team."""

    def __init__(self, team: Team, by: Agent) -> None:
        self.team, self.by = team, by
        self.area = AreaFactory(code="31999")
        self.outing = OutingFactory(by=by, area=self.area, starts_at=clock.now() + timedelta(minutes=30))

    def grow(self, rows: int) -> None:
        for _ in range(rows):
            self.one_more()

    def one_more(self) -> None:
        by = self.by
        PlaceFactory(area=self.area)
        OutingFactory(by=by, area=self.area, despite_overlap=True)
        person = PersonFactory(by=by, area=self.area, purposes=["rights", "journey", "contact"])
        met = EncounterFactory(by=by, outing=self.outing, people=[person.pk], outcome="news", news_by=clock.today())
        AssessmentFactory(by=by, person_id=person.pk, encounter=met)
        EncounterFactory(by=by, outing=self.outing, outcome="no", form="non_claiming")
        people.record_refusal(person_id=person.pk, kind="not_this_right", right="aspa", by=by)
        people.keep_saying(person_id=person.pk, kind="strength", text="Je sais réparer.", by=by)
        journey = JourneyFactory(by=by, person=person)
        claim = ClaimFactory(journey=journey)
        note(claim, "filed", clock.today() - timedelta(days=70))
        note(claim, "documents_asked", clock.today() - timedelta(days=30))
