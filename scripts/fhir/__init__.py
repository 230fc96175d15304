"""What `scripts/test-fhir` works with."""
