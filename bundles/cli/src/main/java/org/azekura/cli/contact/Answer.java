package org.azekura.cli.contact;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the appliance answers.
 *
 * @param body       to be read to its end; fails if the connection ends before
 * @param connection is dropped by closing it, also while the body is being read
 */
public record Answer(int status, String reason, InputStream body, Closeable connection) implements AutoCloseable {

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // nothing is left to be done with it
        }
    }
}
