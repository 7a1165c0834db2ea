"""The pages of a steward of the catalogue: the list, manuscripts, countersigning, publishing, proposals (目录管理)."""
