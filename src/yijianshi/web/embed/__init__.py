"""Pages of others' pages: the column that an existing portal shows within its own, and how it is put there."""
