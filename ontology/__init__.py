"""What may be said: terms, shapes, tables of kinds, bodies and phrases, and the names of things."""
