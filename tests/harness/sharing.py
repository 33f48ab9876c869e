"""Which process runs which test, when there are several."""

from xdist.scheduler import LoadScopeScheduling

LAID_ONCE = (  # a world of their own, or systems of the law: minutes, if each process laid them
    "promises/desk", "demonstration/test_lived_days", "law/test_door", "law/test_corrections", "rights/test_cases",
    "rights/test_facts",
)  # fmt: skip


class ByWhatIsLaid(LoadScopeScheduling):
    """Tests of one of these places go together, largest first; each of the others goes by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in LAID_ONCE if nodeid.startswith(f"tests/{place}")), nodeid)
