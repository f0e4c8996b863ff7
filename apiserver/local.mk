# apiserver: sources of this room
