/**
 * The installer of driver packages. It keeps in the home what runs there, so that a process which is killed at any moment comes up with a whole
 * version of each driver: the one before the change, or the one after it.
 *
 * <pre>
 * drivers/.coming/*              packages that are being looked at; removed at each start
 * drivers/NAME/current           which version runs; without it there is no such driver, and the folder is removed at the next start
 * drivers/NAME/VERSION-CONTENT/  an unpacked package: the one that runs, or the one before it. CONTENT is the first 12 digits of its content id.
 *                                Any other is removed at the next start
 * drivers/NAME/VERSION-CONTENT.about  what was verified of it; written, durable, before {@code current} names it
 * </pre>
 *
 * <p>Both files are UTF-8, at most 64 KiB, written whole beside their place, synced, and moved there:
 *
 * <pre>
 * current  = "azekura-driver-current: 1" LF "here: " folder LF ["previous: " folder LF] *("refused: " content LF)
 * about    = "azekura-driver-about: 1" LF "version: " version LF "kind: " kind LF "content: " content LF "publisher: " text LF
 *            1*("bundle: " path LF)
 * folder   = VERSION "-" 12 hexadecimal digits; or "none" behind "here: " for a driver that was removed, and that the distribution has
 * content  = 64 hexadecimal digits
 * </pre>
 *
 * <p>In the place of a {@code current} that can't be read, or that names what is not whole, the newest version is written whose folder still has the
 * content that its {@code about} says; if there is none it stays, for the distribution's package or an update to replace. A driver that the launcher starts from the
 * distribution's bundles has a folder here only while a newer version of it runs.
 *
 * <p>{@code refused} names packages of the distribution that are not tried again: versions that did not start, or that were removed. At most the 8
 * last are kept.
 */
package org.azekura.installer;
