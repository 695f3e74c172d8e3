"""Sign-in and security: what opens one's account, where one is signed in, and what happened."""
