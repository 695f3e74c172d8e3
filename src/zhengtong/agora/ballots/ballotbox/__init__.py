"""The box: a database of its own, in which nothing says who voted. Only `agora.ballots.box` reads and writes it."""
