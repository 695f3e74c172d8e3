"""Settings, addresses, commands, the worker and the sample city: puts the house together."""
