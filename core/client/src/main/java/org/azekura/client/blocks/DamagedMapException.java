package org.azekura.client.blocks;

import java.io.IOException;

/** The block map of a file of the parent snapshot cannot be read; without it the file can. */
public final class DamagedMapException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedMapException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
