package org.azekura.felix.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;

/**
 * The one port at which a process listens for other hosts. It is kept in the home: hosts that joined look for it where it was.
 *
 * @param number 0 if this process listens for nobody
 * @param file   where it is kept
 */
record TransportPort(int number, Path file) {

    static final int USUAL = 8444;

    /** Below the ports that a Linux takes for outgoing connections: one of those could be in use at any later start. */
    private static final int FIRST = 10_240;
    private static final int LAST = 32_767;
    private static final int TRIES = 100;

    /** What was given; else what is remembered; else the usual one; else, or with {@code --port 0}, any free one. */
    static TransportPort choose(UpOptions options, Membership self, Path file, RandomGenerator random) throws StartFailure {
        int given = options.transportPort().orElse(0);
        boolean listens = options.transportPort().isPresent() || options.awaitServer() || self.roles().contains(Role.SERVER)
                || self.roles().contains(Role.NODE);
        if (!listens) {
            return new TransportPort(0, file);
        }
        // Of the console; 0 if there is none.
        int console = self.roles().contains(Role.SERVER) ? options.port() : 0;
        int remembered = options.transportPort().isPresent() ? 0 : remembered(file);
        int wanted = given > 0 ? given : remembered;
        if (wanted > 0) {
            if (wanted == console) {
                throw StartFailure.failed("port " + wanted + " is the one for other hosts; another one for the console is given with --port");
            }
            new ListenPlace(self.host(), wanted).require(given > 0 ? "another port for other hosts is given with --transport-port"
                    : "hosts that joined look for this one there, so free that port; another one is given with --transport-port");
            return new TransportPort(wanted, file);
        }
        boolean usual = options.transportPort().isEmpty() && options.port() != 0 && console != USUAL && new ListenPlace(self.host(), USUAL).free();
        return new TransportPort(usual ? USUAL : any(self.host(), console, random), file);
    }

    private static int any(String host, int console, RandomGenerator random) throws StartFailure {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(FIRST, LAST + 1);
            if (port != console && new ListenPlace(host, port).free()) {
                return port;
            }
        }
        throw StartFailure.failed("no free port for other hosts found on " + host + "; one is given with --transport-port");
    }

    private static int remembered(Path file) throws StartFailure {
        try {
            if (!Files.exists(file)) {
                return 0;
            }
            int port = Integer.parseInt(Files.readString(file).strip());
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (IOException | NumberFormatException e) {
            throw StartFailure.failed("the port for other hosts can't be read from " + file + ": " + e.getMessage()
                    + "; it is given with --transport-port", e);
        }
        throw StartFailure.failed(file + " should have a port from 1 to 65535; it is given with --transport-port");
    }

    /** For the next start; durable. */
    void remember() throws IOException, StartFailure {
        if (number == 0 || Files.exists(file) && remembered(file) == number) {
            return;
        }
        Path made = Files.createTempFile(file.getParent(), "transport", ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
