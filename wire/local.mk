# wire: sources of this room
