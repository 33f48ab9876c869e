"""What happened when we met: with a name or without, counted either way; the rights worked out together.

Knows outreach, people, rights.
Promises that a meeting needs no name and that nothing about rights is kept without agreement.
"""
