"""Pages of acting for others: asking somebody, accepting, who does what for whom, agents, helpers and visits."""
