"""Records become a graph: quads, references, lineage, and the store that keeps them."""
