"""Outings: when, where, who goes, with whom, why; prepared, under way, debriefed.

Knows territory and people. Promises that an outing's state is computed from what happened.
"""
