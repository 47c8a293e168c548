package org.azekura.cli.contact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What goes along with a request.
 *
 * @param bytes JSON; null: the file
 * @param file  null: the bytes
 */
public record Body(byte[] bytes, Path file, long length) {

    static Body of(byte[] json) {
        return new Body(json, null, json.length);
    }

    /** It must stay as long as it is while it is sent. */
    static Body of(Path file) throws IOException {
        return new Body(null, file, Files.size(file));
    }

    String type() {
        return file == null ? "application/json" : "application/octet-stream";
    }
}
