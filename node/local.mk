# node: sources of this room
