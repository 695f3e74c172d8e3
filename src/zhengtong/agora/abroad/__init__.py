"""Keepers at other nodes: what they say is heard, kept with its proof, and where it does not hold shown to everybody.

`hearing` takes a word, `heard` knows those that came; `lies` is what anybody checks again, `belying` records it.
"""
