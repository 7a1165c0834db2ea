"""What exists in the town of the rights: one module per room, with `add(world)`; found by themselves, in the order of their names."""
