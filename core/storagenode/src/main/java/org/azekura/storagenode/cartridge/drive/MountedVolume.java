package org.azekura.storagenode.cartridge.drive;

import org.azekura.engine.volume.Label;

/** What a drive that holds a volume must know of it. Safe for any number of threads. */
public interface MountedVolume {

    Label label();

    /** Whether others follow it, so that it is not written any more. */
    boolean isClosed();

    /** Whether blobs that go to it are in the making. */
    boolean isWritten();
}
