"""Who signs in: agents, their team, their role and what the role allows.

Knows the journal and the clock. Promises that a role opens only what the table in `rules.py` says.
"""
