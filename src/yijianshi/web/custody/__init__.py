"""Papers in custody (原件保管): at a window, at a department, on their way; and where the applicant finds his own."""
