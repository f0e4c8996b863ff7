# cmd: sources of this room
