# storage: sources of this room
