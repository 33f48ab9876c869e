"""Aller vers: going towards people who miss their social rights, until the right is open."""
