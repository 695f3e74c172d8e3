"""The kernel: every procedure is run here, as a case with one responsible post and one clock."""
