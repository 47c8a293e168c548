/**
 * The native file system of Linux, as far as backup and restore need it: everything goes relative to directory handles, names
 * are bytes. Calls block: they belong on platform threads.
 *
 * <p>{@link org.azekura.client.posix.Libc} is the only class with native code.
 */
package org.azekura.client.posix;
