# tests: sources of this room
