"""What binds the government to who took part: what enough people have signed, and what it has promised.

Each is a case of the kernel, by a procedure that the charter names: with a post, a clock, reminders, and an end.
"""
