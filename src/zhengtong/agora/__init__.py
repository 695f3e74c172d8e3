"""The agora: people take part in what the government is about to do, and it must answer.

A round (a consultation, a budget, a conversation) is a case like any other; its process says which phase is open.
Whoever may take part gets one voice in it, signed blind: the office knows who has a voice, and not which.

What every round has lies here and in `acts`. What has tables or rules of its own has a room: `drafting` (texts that
people work on), `ballots`, `proceedings` (draws, panels, surveys, projects, evidence), `moderation`, `openings` (of a
voice, by two bodies), `abroad` (keepers at other nodes), `bound` (what is owed and promised), `assembly`, `reports`,
`subscriptions`, `watching` (signals for the moderator).
"""
