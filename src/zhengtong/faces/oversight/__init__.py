"""The pages of the supervisor: what is late, what is passed around, how services run."""
