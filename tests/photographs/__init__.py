"""Photographs of papers that belong to nobody: drawn, spoiled in known ways, and what a reader saw on them."""
