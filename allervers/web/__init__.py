"""What people see: `desk` for teams (server-rendered, French), later the phone and the person's own space.

Knows everything before it. Promises four gestures a view: read the request, pass the door, call one op, answer.
"""
