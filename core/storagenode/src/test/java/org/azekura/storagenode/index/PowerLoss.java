package org.azekura.storagenode.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** Makes an index look as if the power had failed while it was in use. */
public final class PowerLoss {

    private PowerLoss() {}

    public static void at(Path index) throws IOException {
        IndexHead head = IndexHead.read(index.resolve("head"));
        new IndexHead(head.volume(), new UUID(1, 1), false, head.generation()).write(index.resolve("head"), true);
    }
}
