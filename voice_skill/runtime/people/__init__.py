"""Who answers instead of a person: a persona, a script."""
