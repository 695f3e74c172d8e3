"""Subscriptions: whoever wants to hear of a place, a topic or an office gets a letter when something is new there."""
