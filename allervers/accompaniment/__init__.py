"""Standing beside a person until the right is open: journeys, claims with dated facts, agreed steps.

Knows encounters and everything before.
Promises that a right is open when it is open: its state is computed, never typed.
"""
