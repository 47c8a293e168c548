package org.azekura.server.trees;

import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;

/**
 * Where several servers keep their tree pages together.
 *
 * @param place  gives the device
 * @param prefix of all keys there, without a slash at its end
 * @param server this one's name; no two write under the same
 */
public record Sharing(Place place, String prefix, String server) {

    public Sharing {
        server = Segment.server(server);
    }

    /** A device that may be away, and be served by another driver than before. */
    @FunctionalInterface
    public interface Place {

        /** @throws BackupException {@code device.*} if none is there */
        BlobStore device() throws BackupException;

        /** Of the device, there or not. */
        default String name() {
            return "";
        }
    }
}
