package org.azekura.cli.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.azekura.cli.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinCommandTest {

    private static final List<String> TAKEN = List.of("ca/ca.p12", "server/signing-key", "access.key", "keys/default", "keys/_id/vault", "etc/catalog.json", "etc/catalog.password", "etc/trees.json");
    private static final List<String> LEFT = List.of("trees/0001", "token", "identity/identity.p12", "server/packages/a.azd", "etc/other.json");

    @TempDir Path folder;
    private Path first;
    private Path second;
    private Path file;

    @BeforeEach
    void make() throws Exception {
        first = folder.resolve("first");
        second = folder.resolve("second");
        file = folder.resolve("twin.azt");
        for (String path : TAKEN) {
            put(path, "the secret of " + path);
        }
        for (String path : LEFT) {
            put(path, "its own");
        }
        put("etc/catalog.json", "{\"org.azekura.catalog.postgresql\": {\"host\": \"localhost\"}}");
    }

    private void put(String path, String content) throws Exception {
        Files.createDirectories(first.resolve(path).getParent());
        Files.writeString(first.resolve(path), content);
    }

    private Shell in(Path home) {
        return new Shell(home).with("AZEKURA_PASSPHRASE", "correct horse");
    }

    @Test
    void theSecondGetsWhatTheServerIsKnownByAndNothingElse() throws Exception {
        Shell shell = in(first);
        assertEquals(0, shell.run("server", "twin", "--to", file.toString()), shell.err);
        assertTrue(shell.err.contains("this very machine"), shell.err);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("the secret of"));
        Shell taking = in(second);
        assertEquals(0, taking.run("server", "twin", "--from", file.toString()));
        assertTrue(taking.out.contains("--role server,node"), "drivers run where a node is: " + taking.out);
        for (String path : TAKEN) {
            assertArrayEquals(Files.readAllBytes(first.resolve(path)), Files.readAllBytes(second.resolve(path)), path);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(second.resolve(path))));
        }
        LEFT.forEach(path -> assertFalse(Files.exists(second.resolve(path)), path));
        assertEquals(0, Files.size(second.resolve("lock")), "a start takes it for a home");
    }

    @Test
    void nothingIsMadeOfAFileThatDoesNotOpen() throws Exception {
        assertEquals(0, in(first).run("server", "twin", "--to", file.toString()));
        Shell wrong = new Shell(second).with("AZEKURA_PASSPHRASE", "battery staple");
        assertEquals(1, wrong.run("server", "twin", "--from", file.toString()));
        assertTrue(wrong.err.contains("passphrase"), wrong.err);
        Files.writeString(file, "something else");
        assertEquals(1, in(second).run("server", "twin", "--from", file.toString()));
        assertFalse(Files.exists(second));
    }

    @Test
    void aHomeThatHasKeysKeepsThem() throws Exception {
        assertEquals(0, in(first).run("server", "twin", "--to", file.toString()));
        Shell shell = in(first);
        assertEquals(1, shell.run("server", "twin", "--from", file.toString()));
        assertTrue(shell.err.contains("keys of its own"), shell.err);
    }

    @Test
    void onlyACatalogThatCanBeSharedHasASecondServer() throws Exception {
        Files.delete(first.resolve("etc/catalog.json"));
        Shell shell = in(first);
        assertEquals(1, shell.run("server", "twin", "--to", file.toString()));
        assertTrue(shell.err.contains("only a catalog on PostgreSQL"), shell.err);
        assertFalse(Files.exists(file));
        Shell silent = new Shell(first);
        put("etc/catalog.json", "{}");
        assertEquals(2, silent.run("server", "twin", "--to", file.toString()));
    }
}
