"""The screenshots of the guide, taken on the demonstration by `make docs` (or `python -m tests.guide`)."""

from tests.guide.pictures import main

__all__ = ["main"]
