"""A right found again for the same person is not a right more: each finding says whether it is the first that stands.

Certain and likely go together; a right only possible is counted apart. Without a person, each finding is a first one.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from allervers.encounters.models import Assessment, RightFound
from allervers.encounters.ops.taking import the_same


def tell_first_findings(people: Iterable[UUID | None]) -> None:
    """Say again which findings of these persons come first, over the records reunited; struck meetings do not count."""
    for person in {one for one in people if one}:
        theirs = Assessment.objects.filter(the_same("person", person)).order_by().values("pk")
        found = RightFound.objects.filter(assessment__in=theirs).select_related("assessment__encounter")
        _tell_first(found.order_by("assessment__worked_out_at", "assessment", "pk"))


def _tell_first(found: Iterable[RightFound]) -> None:
    """Over one person's findings, earliest first."""
    seen: set[tuple[str, bool]] = set()
    changed = []
    for row in found:
        met = row.assessment.encounter
        stands = met is None or met.struck_at is None
        kind = (row.right, row.certainty == "possible")
        again = stands and kind in seen
        if stands:
            seen.add(kind)
        if row.again != again:
            row.again = again
            changed.append(row)
    RightFound.objects.bulk_update(changed, ["again"])
