package org.azekura.testkit.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own, on loopback, in a folder that goes with it; run by a user who is not root, as it demands. */
public final class PostgresServer {

    public static final String USER = "azekura";
    public static final String PASSWORD = "a password of the test";

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path folder;
    private final int port;
    private final Path password;
    private int databases;

    /** Makes and starts it. */
    public PostgresServer() throws Exception {
        folder = Files.createTempDirectory("azekura-postgresql");
        password = Files.writeString(folder.resolve("password"), PASSWORD);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        if (ROOT) {
            run(List.of("chown", "-R", "postgres", folder.toString()));
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        postgres("initdb", "-D", files(), "-U", USER, "--auth=scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--locale=C");
        start();
    }

    /** Ends the test, loudly, where there is no PostgreSQL. */
    public static void assumeInstalled() {
        boolean there = Files.isExecutable(PROGRAMS.resolve("initdb"));
        if (!there) {
            System.out.println("*** NOT TESTED: the catalog on PostgreSQL: the Debian package postgresql is missing");
        }
        assumeTrue(there, "postgresql is missing");
    }

    private String files() {
        return folder.resolve("files").toString();
    }

    /** Starts it again, at the same port. */
    public void start() throws Exception {
        postgres("pg_ctl", "-D", files(), "-w", "-t", "120", "-l", folder.resolve("log").toString(),
                "-o", "-c listen_addresses=127.0.0.1 -c port=" + port + " -k " + folder, "start");
    }

    /** @param mode {@code fast} ends all that runs, {@code immediate} is as good as a crash */
    public void stop(String mode) throws Exception {
        postgres("pg_ctl", "-D", files(), "-w", "-t", "120", "-m", mode, "stop");
    }

    /** On loopback. */
    public int port() {
        return port;
    }

    /** Has the password of {@link #USER}, for its owner alone. */
    public Path passwordFile() {
        return password;
    }

    /**
     * An empty one.
     *
     * @param how what CREATE DATABASE may say besides
     * @return its name
     */
    public String newDatabase(String how) throws Exception {
        String name = "catalog" + ++databases;
        execute("postgres", "CREATE DATABASE " + name + " " + how);
        return name;
    }

    /** Sets one of its settings that it can take on while it runs, and waits until it has. */
    public void set(String setting, String value) throws Exception {
        execute("postgres", "ALTER SYSTEM SET " + setting + " = " + value);
        execute("postgres", "SELECT pg_reload_conf()");
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120); !execute("postgres", "SHOW " + setting).equals(value);) {
            assertTrue(System.nanoTime() < end, "it does not take on " + setting);
        }
    }

    /** @return what it answers, as text */
    public String execute(String database, String statement) throws Exception {
        return run(List.of(PROGRAMS.resolve("psql").toString(), "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", USER, "-At", "-v", "ON_ERROR_STOP=1", "-c", statement, database));
    }

    private void postgres(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static String run(List<String> command) throws Exception {
        Path said = Files.createTempFile("azekura-postgresql", ".out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("PGPASSWORD", PASSWORD);
        Process process = builder.start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        assertEquals(0, ended ? process.exitValue() : -1, () -> command + ": " + read(said));
        String text = read(said).strip();
        Files.delete(said);
        return text;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void close() throws Exception {
        stop("immediate");
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
