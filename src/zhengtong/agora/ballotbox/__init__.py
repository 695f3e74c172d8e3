"""The ballot box: a database of its own, in which nothing says who voted. Only `agora.box` reads and writes it."""
