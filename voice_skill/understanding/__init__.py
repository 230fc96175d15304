"""From words to meaning. Pure; doubt is never turned into a no."""
