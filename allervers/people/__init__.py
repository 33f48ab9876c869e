"""Persons: what they said, agreed to, refused; their words, strengths and close circle.

Knows accounts, territory, rights.
Promises that `access` is the only door, that each opening leaves a line, and that a no is an answer.
"""
