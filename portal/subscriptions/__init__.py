"""News by mail: asked for by anybody, confirmed and ended by a button."""
