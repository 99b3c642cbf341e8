"""One question each: SPARQL files and the code that binds and runs them."""
