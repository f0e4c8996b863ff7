# base: sources of this room
