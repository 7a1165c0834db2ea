"""The tools of the reform: open to everybody, since they speak of what is offered and of nobody (政务公开)."""
