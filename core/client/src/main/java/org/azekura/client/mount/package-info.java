/**
 * Mounts: a command on this host, which is the file system for the kernel, asks over the connection that {@link org.azekura.client.stream} made.
 * Numbers have their highest byte first; paths are absolute, as saved.
 *
 * <pre>
 * client → command:  answer 0, without a body: it can ask now
 * command → client:  question = u32 length  u64 number  u8 what  body       length: of all behind it, at most 2^16
 *   1 look:          path
 *   2 names:         u32 most  u16 length of the path  path  name behind which they begin, empty for all
 *   3 read:          u64 from  u32 length (1 … 2^20)  path
 * client → command:  answer = u32 length  u64 number  u32 errno  body       in any order; no body with an errno
 *   to 1 and 2:      u8 1 if there are more  u32 count  (u64 bytes that are no hole  u32 names of the file)*  entries
 *   to 3:            bytes, fewer than asked for only at the file's end
 * entries          = parts, as {@code org.azekura.engine.plan} writes them
 * </pre>
 *
 * The end of the connection, from whichever side, is the end of the mount.
 */
package org.azekura.client.mount;
