"""A person looks at what a machine decided (请工作人员重新审查): the applicant asks, the unit answers."""
