"""Personal data are sealed, each subject's under a key of its own: to erase is to destroy the key."""
