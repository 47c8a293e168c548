/**
 * Streams that commands on this host bring to be saved, as
 *
 * <pre>
 * command → client:  token of the home, LF
 * client → command:  number, LF                     (or why not, LF, and the end)
 * command → client:  block* end
 * block:             length u32 (1 … 2^20), bytes
 * end:               0 u32
 * </pre>
 *
 * Without {@code end} the command died, or what it reads from: the stream is broken.
 */
package org.azekura.client.stream;
