package org.azekura.driver.sftp;

import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_CLOSE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_EXTENDED;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_EXTENDED_REPLY;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_LSTAT;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_MKDIR;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_OPEN;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_OPENDIR;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_READ;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_READDIR;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_STAT;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_WRITE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_EOF;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_FAILURE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_NO_SUCH_FILE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_OK;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.sshd.common.util.buffer.Buffer;
import org.azekura.api.Failure;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.driver.sftp.ScriptedServer.Name;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a server can do that is poor, odd or bad. Each time the next call finds it as if nothing had been. */
class StrangeServerTest {

    private ScriptedServer server;
    private SftpStore store;

    @BeforeEach
    void serve() throws Exception {
        server = new ScriptedServer(Extension.ROOM);
        store = new SftpStore(server.given().check());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private void file(byte[] content) {
        server.on(SSH_FXP_LSTAT, (id, request) -> ScriptedServer.attributes(id, ScriptedServer.FILE, content.length))
                .on(SSH_FXP_OPEN, (id, request) -> ScriptedServer.handle(id));
    }

    @Test
    void readsOnWhereLessComesThanWasAskedFor() throws Exception {
        byte[] content = Blobs.random(new Random(3), 500_000);
        file(content);
        server.on(SSH_FXP_READ, (id, request) -> {
            request.getString();
            int from = (int) request.getLong();
            int length = Math.min(request.getInt(), 10_000 + from % 7);
            return ScriptedServer.bytes(id, length, Arrays.copyOfRange(content, from, from + length));
        });
        assertArrayEquals(content, Blobs.get(store, "blob", 0, content.length + 1));
    }

    @Test
    void takesNotMoreThanWasAskedFor() throws Exception {
        file(new byte[100]);
        server.on(SSH_FXP_READ, (id, request) -> ScriptedServer.bytes(id, 200_000, new byte[200_000]));
        ByteBuffer into = ByteBuffer.allocate(10);
        assertBroken(() -> store.read("blob", 0, into));
        server.on(SSH_FXP_READ, (id, request) -> ScriptedServer.bytes(id, 1 << 30, new byte[10]));
        assertBroken(() -> store.read("blob", 0, ByteBuffer.allocate(10)));
        server.on(SSH_FXP_READ, (id, request) -> ScriptedServer.bytes(id, -1, new byte[10]));
        assertBroken(() -> store.read("blob", 0, ByteBuffer.allocate(10)));
        assertEquals(100, store.size("blob"));
    }

    @Test
    void takesNoAnswerThatNobodyAskedFor() throws Exception {
        server.on(SSH_FXP_LSTAT, (id, request) -> {
            ByteArrayOutputStream many = new ByteArrayOutputStream();
            for (int i = 0; i < 50; i++) {
                many.writeBytes(ScriptedServer.status(id + 1000 + i, SSH_FX_OK));
            }
            return many.toByteArray();
        });
        assertRefused("device.io", () -> store.size("blob"));
        server.on(SSH_FXP_LSTAT, (id, request) -> ScriptedServer.packet(SSH_FXP_EXTENDED_REPLY, id, body -> {}));
        assertBroken(() -> store.size("blob"));
        server.on(SSH_FXP_LSTAT, (id, request) -> new byte[] {0x7f, -1, -1, -1, 1, 2, 3, 4, 5});
        assertRefused("device.io", () -> store.size("blob"));
        server.on(SSH_FXP_LSTAT, (id, request) -> ScriptedServer.attributes(id, ScriptedServer.FILE, -5));
        assertBroken(() -> store.size("blob"));
        file(new byte[7]);
        assertEquals(7, store.size("blob"));
    }

    @Test
    void listsNoNameThatLeadsElsewhere() throws Exception {
        Name[] names = {new Name("blob", ScriptedServer.FILE, 1), new Name("..", ScriptedServer.FOLDER, 0), new Name(".", ScriptedServer.FOLDER, 0),
            new Name("a/b", ScriptedServer.FILE, 2), new Name("../../etc/passwd", ScriptedServer.FILE, 3), new Name("/etc/passwd", ScriptedServer.FILE, 4), new Name("", ScriptedServer.FILE, 5),
            new Name(".tmp", ScriptedServer.FOLDER, 0), new Name("link", ScriptedServer.LINK, 6), new Name("x".repeat(300), ScriptedServer.FILE, 7), new Name("a\0b", ScriptedServer.FILE, 8)};
        boolean[] told = {false};
        server.on(SSH_FXP_OPENDIR, (id, request) -> request.getString().endsWith("/backups/") ? ScriptedServer.handle(id) : ScriptedServer.status(id, SSH_FX_NO_SUCH_FILE))
                .on(SSH_FXP_CLOSE, (id, request) -> ScriptedServer.status(id, SSH_FX_OK))
                .on(SSH_FXP_READDIR, (id, request) -> {
                    byte[] answer = told[0] ? ScriptedServer.status(id, SSH_FX_EOF) : ScriptedServer.names(id, names.length, names);
                    told[0] = true;
                    return answer;
                });
        assertEquals(Map.of("blob", 1L), Blobs.list(store, ""));
        server.on(SSH_FXP_READDIR, (id, request) -> ScriptedServer.names(id, Integer.MAX_VALUE));
        assertBroken(() -> store.list("", blob -> {}));
        server.on(SSH_FXP_READDIR, (id, request) -> ScriptedServer.names(id, 3));
        assertBroken(() -> store.list("", blob -> {}));
        server.on(SSH_FXP_READDIR, (id, request) -> ScriptedServer.names(id, 1, new Name("blob", ScriptedServer.FILE, -1)));
        assertRefused("device.io", () -> store.list("", blob -> {}));
    }

    @Test
    void asksWhetherItIsFullWhereAServerSaysOnlyThatItFails() throws Exception {
        long[] free = {0};
        server.on(SSH_FXP_OPEN, (id, request) -> ScriptedServer.handle(id)).on(SSH_FXP_WRITE, (id, request) -> ScriptedServer.status(id, SSH_FX_FAILURE))
                .on(SSH_FXP_EXTENDED, (id, request) -> ScriptedServer.packet(SSH_FXP_EXTENDED_REPLY, id, body -> room(body, free[0])));
        refusesToWrite("device.full");
        free[0] = 1 << 20;
        assertEquals(Failure.Kind.DEVICE, refusesToWrite("device.io").kind());
        assertEquals(new BlobStore.Space(4096L << 20, 4096L << 20), store.space());
        free[0] = 2 << 20; // more than there is
        assertEquals(new BlobStore.Space(-1, -1), store.space());
        free[0] = Long.MAX_VALUE / 2;
        assertBroken(store::space);
    }

    private static void room(Buffer body, long free) {
        for (long value : new long[] {4096, 4096, 1 << 20, free, free, 0, 0, 0, 0, 0, 255}) {
            body.putLong(value);
        }
    }

    private Failure refusesToWrite(String code) throws Exception {
        try (BlobWriter writer = store.create("blob")) {
            writer.write(ByteBuffer.allocate(10));
            return assertRefused(code, writer::commit).failure();
        }
    }

    @Test
    void makesNoFolderAnewThatWasThere() throws Exception {
        assertEquals(-1, store.size("blob"));
        server.on(SSH_FXP_STAT, (id, request) -> ScriptedServer.status(id, SSH_FX_NO_SUCH_FILE)).on(SSH_FXP_MKDIR, (id, request) -> ScriptedServer.status(id, SSH_FX_OK));
        server.on(SSH_FXP_LSTAT, (id, request) -> new byte[] {0, 0, 0, 1, 1});
        assertRefused("device.io", () -> store.size("blob"));
        assertRefused("device.missing", () -> store.size("blob"));
    }

    private static void assertBroken(Executable call) {
        String message = assertRefused("device.io", call).getMessage();
        assertTrue(message.contains("the server breaks the protocol"), message);
    }
}
