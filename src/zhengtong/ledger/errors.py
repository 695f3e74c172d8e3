"""What stops the ledger. None of these is a citizen's fault: they are the program's, or somebody tampered."""


class NotInATransaction(RuntimeError):
    """An act was to be recorded apart from its effect."""


class UndeclaredKind(LookupError):
    """An act of a kind that nobody has declared."""


class Forked(RuntimeError):
    """The database is not the one that the last published checkpoint was signed from: nothing is added to it."""


class WrongKey(RuntimeError):
    """The node does not have the key with which its ledger was signed: it was lost, or is another node's."""
