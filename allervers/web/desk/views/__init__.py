"""One module a screen; each view reads the request, passes the door, calls one op, answers."""
