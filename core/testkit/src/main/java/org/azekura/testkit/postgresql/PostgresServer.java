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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own, on loopback, in a folder that goes with it; run by a user who is not root, as it demands. */
public final class PostgresServer {

    public static final String USER = "azekura";

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final String PASSWORD = "a password of the test";
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
    public String newDatabase(String how) throws SQLException {
        String name = "catalog" + ++databases;
        execute("postgres", "CREATE DATABASE " + name + " " + how);
        return name;
    }

    /** Every table is as the scripts have made it. Making them anew takes ten times as long; triggers and references stay out of it. */
    public void empty(String database, String... but) throws SQLException {
        execute(database, """
                DO $$
                DECLARE it RECORD;
                BEGIN
                  SET LOCAL session_replication_role = replica;
                  FOR it IN SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname <> ALL ('{%s}') LOOP
                    IF it.relkind = 'r' THEN
                      EXECUTE format('DELETE FROM %%I', it.relname);
                    ELSIF it.relkind = 'S' THEN
                      PERFORM setval(it.relname::regclass, 1, false);
                    END IF;
                  END LOOP;
                END $$""".formatted(String.join(",", but)));
    }

    /** Sets one of its settings that it can take on while it runs, and waits until it has. */
    public void set(String setting, String value) throws SQLException {
        execute("postgres", "ALTER SYSTEM SET " + setting + " = " + value);
        execute("postgres", "SELECT pg_reload_conf()");
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); !shows(setting, value);) {
            assertTrue(System.nanoTime() < end, "it does not take on " + setting);
        }
    }

    private boolean shows(String setting, String value) throws SQLException {
        try (Connection connection = connect("postgres"); Statement one = connection.createStatement(); ResultSet shown = one.executeQuery("SHOW " + setting)) {
            return shown.next() && shown.getString(1).equals(value);
        }
    }

    public void execute(String database, String statement) throws SQLException {
        try (Connection connection = connect(database); Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, PASSWORD);
    }

    private void postgres(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) throws Exception {
        Path said = Files.createTempFile("azekura-postgresql", ".out");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        assertEquals(0, ended ? process.exitValue() : -1, () -> command + ": " + read(said));
        Files.delete(said);
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
