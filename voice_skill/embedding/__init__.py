"""The way in for other programs: whole conversations as data, without sound and without a clock."""
