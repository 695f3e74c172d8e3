"""The agora: people take part in what the government is about to do, and it must answer.

A round (a consultation, a budget, a conversation) is a case like any other; its process says which phase is open.
Whoever may take part gets one voice in it, signed blind: the office knows who has a voice, and not which.
"""
