# proxy: sources of this room
