"""Letters leave by mail; what cannot be sent is tried again."""
