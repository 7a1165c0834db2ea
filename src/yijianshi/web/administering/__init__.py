"""Pages of the three administrators (三员): one sets up accounts, one approves and protects, one looks through the logs."""
