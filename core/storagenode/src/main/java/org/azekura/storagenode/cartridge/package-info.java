/**
 * The cartridges of a library as volumes. What lies on them is {@link org.azekura.engine.tape}; it alone is true. Notes beside save reading
 * a cartridge through: they are lost without harm, and one that does not fit keeps the cartridge from being written.
 *
 * <p>A room imports those that stand above it here, never one below:
 * <pre>
 * blob      names, content in the making, whose turn it is
 * note      what lies on a cartridge
 * drive     drives and the robot, and what each has
 * volume    labels, reads and writes one volume
 * set       the cartridges of a pool: which is whose, which comes next, which leaves
 * spool     packs that wait on a disk, and their way to the set
 * here      the library, as who serves it has it
 * </pre>
 *
 * <p><b>Locks</b>, in this order: {@link org.azekura.storagenode.cartridge.set.MediaSet} (one for each pool),
 * a turn with a drive ({@link org.azekura.storagenode.lease.DriveDesk}; it is waited for long), {@link org.azekura.storagenode.cartridge.set.Tape} (one for each
 * cartridge), {@link org.azekura.storagenode.cartridge.drive.Bay} (one for each drive), {@link org.azekura.storagenode.cartridge.drive.Robot}. What is listed and how
 * long it is, is told without any of them once the cartridge, or its note, was read. All that was written is on the tape, or given up, before a drive is let go of.
 */
package org.azekura.storagenode.cartridge;
