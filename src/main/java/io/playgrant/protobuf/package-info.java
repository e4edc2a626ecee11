/** Reads and writes Protocol Buffers messages field by field, without generated code. */
@NullMarked
package io.playgrant.protobuf;

import org.jspecify.annotations.NullMarked;
