"""Where people live and where they can be met: areas with sourced figures, places, partners, services.

Knows accounts. Promises that every figure has a source and a date, and that an import is whole or not at all.
"""
