"""A demonstration territory: real communes, invented teams and people, three months lived by calling the ops.

Knows the ops. Promises the same months for the same seed.
"""
