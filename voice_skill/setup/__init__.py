"""The first start: are we heard, which number to call in an emergency, how to stop. Pure."""
