# dns: sources of this room
