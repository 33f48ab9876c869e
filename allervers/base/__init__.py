"""What no domain owns: the clock, the op, the journal, the refusal, the shape of a record. A closed list.

Knows no domain. Promises that a write leaves a line, that a line is never altered unseen, and that a refusal says why.
"""
