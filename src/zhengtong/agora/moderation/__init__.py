"""Moderation: what is hidden, by which published rule and why, who may and may not, and how it is contested.

`moderating` and `limiting` act, by `measures` and `conflicts`; `judging` is the appeal; `statements` is the public log.
"""
