package org.azekura.driver.sftp;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.testkit.Together;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.sftp.Sshd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On OpenSSH's server without what it added to the protocol: no links, no syncs, nothing replaced. */
class PlainServerTest {

    @TempDir
    Path dir;
    private Sshd server;
    private SftpStore store;

    @BeforeEach
    void open() throws Exception {
        server = new Sshd(dir, "internal-sftp -P hardlink,posix-rename,fsync,statvfs,limits");
        store = new SftpStore(Given.of(server).with("path", dir.resolve("root").toString()).check());
    }

    @AfterEach
    void close() {
        if (server != null) {
            store.close();
            server.close();
        }
    }

    @Test
    void putsOnceAllTheSame() throws Exception {
        assertEquals(new BlobStore.Space(-1, -1), store.space());
        byte[] content = Blobs.put(store, "packs/3f/blob", new byte[200_000]);
        assertArrayEquals(content, Blobs.get(store, "packs/3f/blob", 0, content.length));
        assertRefused("blob.exists", () -> store.create("packs/3f/blob"));
        List<Boolean> won = Together.run(4, i -> {
            try (BlobWriter writer = store.create("new/blob")) {
                writer.write(ByteBuffer.wrap(new byte[] {(byte) i}));
                writer.commit();
                return true;
            } catch (BackupException e) {
                assertEquals("blob.exists", e.failure().code());
                return false;
            }
        });
        assertEquals(1, won.stream().filter(one -> one).count());
        assertEquals(won.indexOf(true), Blobs.get(store, "new/blob", 0, 1)[0]);
        store.delete("packs/3f/blob");
        assertEquals(Map.of("new/blob", 1L), Blobs.list(store, ""));
    }

    @Test
    void saysWhatItCannot() {
        assertFalse(store.capabilities().replace());
        assertFalse(store.capabilities().atomicPut());
        assertRefused("device.unsupported", () -> store.replace("packs/blob"));
    }
}
