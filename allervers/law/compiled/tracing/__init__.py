"""One run of OpenFisca on arrays that remember how they were made.

It knows NumPy's ways and OpenFisca's gestures between persons and groups.
It promises that what it cannot follow raises.
"""
