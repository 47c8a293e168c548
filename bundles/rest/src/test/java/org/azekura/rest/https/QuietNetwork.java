package org.azekura.rest.https;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A network at which nothing listens yet: its certificate can be seen, not changed. One for all tests, since a key takes its time. */
public final class QuietNetwork {

    private static final Network ONE = make();

    private QuietNetwork() {}

    public static Network one() {
        return ONE;
    }

    private static Network make() {
        try {
            Path folder = Files.createTempDirectory("tls");
            Network network = new Network(new HttpsSettings("127.0.0.1", 8443), ConsoleKey.ensure(folder, "backup1"), "backup1");
            folder.toFile().deleteOnExit();
            List.of("console.p12", "console.pem", "console.password").forEach(name -> folder.resolve(name).toFile().deleteOnExit());
            return network;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
