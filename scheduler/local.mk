# scheduler: sources of this room
