"""Acting for others (授权代办): given, taken, used, counted and taken back."""
