/**
 * The storage node: owns devices, arranges what clients send into packs, writes them, and reads them back.
 *
 * <p>A room imports those that stand above it here, never one below; {@code lease}, {@code index} and {@code power} know none of these:
 * <pre>
 * cartridge  a library's cartridges as stores of blobs, in rooms of its own
 * health     what drives say of themselves and of their cartridges
 * device     devices as they are served, and the calls of one
 * pool       a volume: its label, keys, packs as they lie, registers, damage
 * job        what a job makes of packs: packs in the making, their end, prune
 * client     what a client sends and asks for
 * copy       packs that go to another node's pool
 * driver     which drivers serve which devices, and how they change under jobs
 * here       the role: the connection to the server, and its orders
 * </pre>
 *
 * <p>Locks, outer before inner; none is held while another role is waited for:
 *
 * <pre>
 * lock of                  guards                                   held during device calls
 * Pools, one per name      which pool is served, and its index      yes: a pool is opened by one order at a time
 * JobTurn                  a job's packs in the making, its end     yes: the frames of one job are written one by one
 * Pool                     which device has had its label checked   yes
 * DamageMarks              which marks are on the volume            yes: taken on threads of the device only
 * NodeJobs, Devices        who is there                             no
 * CopySide                 the connection of a copy                 no
 * ChunkIndex               the index                                no
 * </pre>
 *
 * <p>Every call of a device runs on one of its few platform threads (see {@link org.azekura.storagenode.device.Device}).
 */
package org.azekura.storagenode;
