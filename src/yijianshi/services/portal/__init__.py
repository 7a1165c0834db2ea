"""The doors that lead in and on (进出的门): settings, another device, existing portals, kiosks, telling, one's own data."""
