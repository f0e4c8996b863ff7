# controllers: sources of this room
