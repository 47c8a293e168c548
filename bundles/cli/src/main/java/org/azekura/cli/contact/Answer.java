package org.azekura.cli.contact;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the appliance answers.
 *
 * @param body       to be read to its end; fails if the connection ends before
 * @param connection is dropped by closing it, also while the body is being read
 * @param toFile     whether a file was sent, or a part of it, before it came: else it is none to what is in the file
 */
public record Answer(int status, String reason, InputStream body, Closeable connection, boolean toFile) implements AutoCloseable {

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // nothing is left to be done with it
        }
    }
}
