package org.azekura.engine.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    Path folder;

    @Test
    void isTheSameAfterARestart() throws Exception {
        Path file = folder.resolve("client.key");
        SigningKey made = SigningKey.loadOrCreate(file);
        SigningKey loaded = SigningKey.loadOrCreate(file);
        assertArrayEquals(made.publicKey(), loaded.publicKey());
        assertTrue(SigningKey.verify(made.publicKey(), MESSAGE, loaded.sign(MESSAGE)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void goesOnAfterACrashWhileItWasMade() throws Exception {
        Files.writeString(folder.resolve("client.key.new"), "torn");
        SigningKey.loadOrCreate(folder.resolve("client.key"));
        assertTrue(Files.size(folder.resolve("client.key")) > 50);
    }

    @Test
    void verifiesNothingElse() throws BackupException {
        SigningKey key = SigningKey.loadOrCreate(folder.resolve("a"));
        byte[] signature = key.sign(MESSAGE);
        assertFalse(SigningKey.verify(key.publicKey(), new byte[] {1, 2, 4}, signature));
        assertFalse(SigningKey.verify(SigningKey.loadOrCreate(folder.resolve("b")).publicKey(), MESSAGE, signature));
        assertFalse(SigningKey.verify(new byte[3], MESSAGE, signature));
        assertFalse(SigningKey.verify(key.publicKey(), MESSAGE, new byte[3]));
        signature[5] ^= 1;
        assertFalse(SigningKey.verify(key.publicKey(), MESSAGE, signature));
    }

    @Test
    void leavesWhatIsNoKeyAsItIs() throws Exception {
        Path file = folder.resolve("other");
        for (String text : new String[] {"", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "x".repeat(5000)}) {
            Files.writeString(file, text);
            BackupException e = assertThrows(BackupException.class, () -> SigningKey.loadOrCreate(file));
            assertEquals("key.file", e.failure().code());
            assertEquals(text, Files.readString(file));
        }
        assertThrows(BackupException.class, () -> SigningKey.loadOrCreate(folder.resolve("no/such/folder")));
    }
}
