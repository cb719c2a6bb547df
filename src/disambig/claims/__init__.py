"""Who says that a name means whom, in two steps.

`read_statements`   before anything is decided: what the text says about identity, and which names that puts in doubt
`settle`            once the people are decided: statements become claims with ids, and a name over which claimants differ is contested
"""

from disambig.claims.settle import settle
from disambig.claims.statements import read_statements

__all__ = ["read_statements", "settle"]
