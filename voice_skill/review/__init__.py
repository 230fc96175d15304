"""The dialog to look at: pictures of it, and a document for a clinician to review and sign."""
