/**
 * The storage node: owns devices, arranges what clients send into packs, writes them, and reads them back.
 *
 * <p>Blobs of a disk volume: {@code azekura-label}, {@code keyring-N} (N is the epoch), {@code packs/XX/PACKID} (XX are the id's first
 * two digits), {@code snapshots/SNAPSHOTID}.
 *
 * <p>Locks, outer before inner; none is held while another role is waited for:
 *
 * <pre>
 * lock of              guards                                   held during device calls
 * Pools                which pools are served                   yes: a pool is opened by one order at a time
 * JobPacks             a job's packs in the making, its end     yes: the frames of one job are written one by one
 * Pool                 which device has had its label checked   yes
 * NodeJobs, Devices    who is there                             no
 * ChunkTable, Packs    the index                                no
 * </pre>
 *
 * <p>Every call of a device runs on one of its few platform threads (see {@link org.azekura.storagenode.Device}).
 */
package org.azekura.storagenode;
