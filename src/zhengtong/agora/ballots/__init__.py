"""Secret ballots: who may vote, the keys, the box, the count. The box itself lies in a database of its own.

In the order in which they are needed: `preparing` (roll and keys), `ceremony` (a key of which some trustees are
enough), `voting`, `tallying`. What is read: `queries`, `circle`, `box`, and `archived`, the file that everybody may
have. `agreement` holds the box against the ledger.
"""
