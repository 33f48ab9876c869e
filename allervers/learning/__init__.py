"""Figures computed from facts: people met, rights found, asked, opened, maintained; each drills to its facts.

Knows everything before it. Promises that figures add up and that 1 to 4 is hidden in anything that leaves.
"""
