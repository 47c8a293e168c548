package org.azekura.api.names;

import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;

/**
 * One part of a snapshot.
 *
 * @param root of the snapshot
 * @param upTo the path that was looked at last; null if this is the last part
 */
public record NameDay(ClientName client, SaveSetName saveSet, SnapshotId snapshot, ChunkId root, RawPath upTo) {}
