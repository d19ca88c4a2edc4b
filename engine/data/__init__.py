"""From any source to canonical digits, and the document that keeps them."""
