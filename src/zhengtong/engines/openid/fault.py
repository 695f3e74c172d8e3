"""What can go wrong with a provider."""


class ProviderFault(Exception):
    """The provider is away, or what came in its name cannot be believed; the text is for the log."""
