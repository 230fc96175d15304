"""Everything kept on the disk, each file with one owner at a time."""
