package org.azekura.client.posix;

import java.io.IOException;

/** Takes the names of a directory. */
@FunctionalInterface
public interface NameVisitor {
    void name(byte[] name) throws IOException;
}
