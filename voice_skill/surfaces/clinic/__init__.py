"""A kept session for a clinic: FHIR resources for its records, a letter to hand over."""
