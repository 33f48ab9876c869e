"""Django's settings and addresses; nothing of the domain."""
