# client: sources of this room
