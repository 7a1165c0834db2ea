"""What guards the door: wrong tries, second factors, sessions and devices, passwords."""
