# api: sources of this room
