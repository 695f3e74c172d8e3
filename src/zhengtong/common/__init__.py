"""What every floor may use: texts in two languages, refusals, durable files, the SQLite backend."""
