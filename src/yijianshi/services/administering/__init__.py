"""What the three administrators do (三员): one sets up, one approves, one looks on; each act leaves a line."""
