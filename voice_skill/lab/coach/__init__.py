"""How the coach hears and keeps time: rooms, walls and whole routines, measured."""
