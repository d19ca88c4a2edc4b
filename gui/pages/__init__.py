"""One file a page; pages never import pages."""
