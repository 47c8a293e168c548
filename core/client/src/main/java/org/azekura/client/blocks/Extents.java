package org.azekura.client.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.azekura.engine.chunk.Extent;

/** Goes through a map's extents. One thread. */
final class Extents {

    private final Pages pages;
    private Extent extent;
    private long start;
    private long end;

    Extents(Pages pages) {
        this.pages = pages;
    }

    /** Goes to the next. @return false if there is none */
    boolean next() throws IOException {
        ByteBuffer item = pages.item();
        start = end;
        if (item == null) {
            extent = null;
            return false;
        }
        try {
            extent = MapForm.read(item);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        end += extent.length();
        return true;
    }

    /** Null before the first and behind the last. */
    Extent extent() {
        return extent;
    }

    /** Where it begins in the file. */
    long start() {
        return start;
    }

    long end() {
        return end;
    }
}
