"""Letters, licences and specimens as PDF, and the public page on which a document is checked."""
