"""Zhengtong (政通): an electronic government in one program."""
