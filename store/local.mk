# store: sources of this room
