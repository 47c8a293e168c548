/**
 * Conversations with a device, written down and played again: what a device that is not at hand has answered once, a test can ask again.
 *
 * <p>A recording is lines of UTF-8. Numbers are decimal, {@code HEX} is two digits a byte.
 * <pre>
 * recording = "azekura scsi recording 1", (call, reply)*     empty lines, and those that begin with #, say nothing
 * call      = "&gt; " HEX of the command [" in " NUMBER of bytes asked for|" out " content]
 * reply     = "&lt; " HEX of the status [" residual " NUMBER] [" sense " HEX] [" in " content]
 *           | "&lt; lost " text|"&lt; timed out"|"&lt; interrupted"
 * content   = NUMBER of bytes [" " HEX|" crc32c " HEX|" secret"]
 *             HEX: the first ones, the others are zeros; crc32c: more than 4096, of which only the checksum is kept; secret: not kept at all
 * </pre>
 * At most 100,000 exchanges and 64 MiB of text; at most 16 MiB in one content. Data of SECURITY PROTOCOL OUT are secret: keys go that way.
 */
package org.azekura.driver.tape.replay;
