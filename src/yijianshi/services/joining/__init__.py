"""What several departments do together (联合勘验、联合审图、联合评估、联合验收), verb by verb."""
