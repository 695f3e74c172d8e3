"""A Django database backend: SQLite that loses no commit, and whose writers wait in order.

ENGINE = "zhengtong.common.sqlite". Write-ahead log with `synchronous=FULL` (with NORMAL, a power cut loses commits
that were acknowledged), every transaction BEGIN IMMEDIATE, and a queue before it (see queue.py): SQLite's own
waiting is polling, in which the unlucky starve until they fail as "locked".
"""
