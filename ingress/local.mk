# ingress: sources of this room
