"""Conformance: the law as published examples tell it, and as OpenFisca-France's own tests tell it.

It knows the worked examples beside the repository and the source distribution of openfisca-france.
It promises a line per example, what differs and why, and that a doubtful source is reported, never counted.
"""
