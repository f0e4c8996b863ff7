# net: sources of this room
