"""Virtual patients and benches, on one shared ear."""
