"""One module per command: what it takes, what it prints, how it exits."""
