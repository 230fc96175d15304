"""The drivers by keyboard and screen."""
