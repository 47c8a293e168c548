package org.azekura.driver.sftp;

import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.device.BlobStore;
import org.azekura.testkit.device.BlobStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** On OpenSSH's own server. */
class SftpStoreTest implements BlobStoreContract {

    @TempDir
    static Path dir;
    private static Sshd server;
    private static int folders;

    private Path root;
    private SftpStore store;

    @BeforeAll
    static void serve() throws Exception {
        server = new Sshd(dir, "internal-sftp");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        root = dir.resolve("store-" + folders++);
        store = new SftpStore(given().check());
    }

    private Given given() throws Exception {
        return new Given().with("port", server.port()).with("user", server.user()).with("path", root.toString()).with("hostKey", server.fingerprint())
                .with("privateKey", server.key());
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    @AfterEach
    public void close() {
        store.close();
    }
}
