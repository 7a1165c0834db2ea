"""What several departments do together (联合行动): for coordinators, departments, applicants; one module per page."""
