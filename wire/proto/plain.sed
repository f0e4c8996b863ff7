# csi.proto as protobuf-c can have it: without extensions of descriptor.proto (custom options) and their uses, of which no byte on the wire
# depends, and with the well-known types from this folder.
/^import "google\/protobuf\/descriptor\.proto";/d
/^import "google\/protobuf\/timestamp\.proto";/d
s/^import "google\/protobuf\/wrappers\.proto";/import "wire\/proto\/well_known.proto";/
/^extend google\.protobuf\./,/^}/d
/^ *option (alpha_[a-z]*) = true;/d
s/ *\[([a-z_]*) = true\(, *([a-z_]*) = true\)*\]//
