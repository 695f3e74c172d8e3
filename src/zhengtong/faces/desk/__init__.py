"""The pages of officers: what waits for a post, and each step of it."""
