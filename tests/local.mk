# tests: sources of this room
include tests/fuzz/local.mk
