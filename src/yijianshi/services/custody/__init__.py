"""Papers in somebody's hands (原件保管): taken in, handed over, signed for, given back; and where results are fetched."""
