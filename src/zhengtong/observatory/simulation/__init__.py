"""What a change of the rules would do, before it is made: a population, and the rules in force beside a draft.

It stands in the observatory, since it puts the charter's rules over figures; it reads no person's data.
"""
