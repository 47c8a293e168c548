package org.azekura.driver.sftp;

import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_EXTENDED;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_EXTENDED_REPLY;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_REALPATH;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FXP_STAT;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_NO_SUCH_FILE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By a server that says which number each file system has; that of the folder is {@code /backups}. */
class SftpPlaceTest {

    private static final long EXT4 = 0x4d0b7315ad50c990L;
    /** The lower half alone would be a device's. */
    private static final long OTHER = 0x8000000000000000L;
    private static final long XFS = 0x801;

    private ScriptedServer server;
    private SftpStore store;

    @BeforeEach
    void serve() throws Exception {
        server = new ScriptedServer(Extension.ROOM);
        server.on(SSH_FXP_REALPATH, (id, request) -> ScriptedServer.names(id, 1, new ScriptedServer.Name("/", ScriptedServer.FOLDER, 0)));
        store = new SftpStore(server.given().check());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private Optional<String> place(long above, long folder) throws Exception {
        server.on(SSH_FXP_EXTENDED, (id, request) -> {
            request.getString();
            long system = request.getString().equals("/") ? above : folder;
            return ScriptedServer.packet(SSH_FXP_EXTENDED_REPLY, id, body -> room(body, system));
        });
        return store.place();
    }

    private static void room(Buffer body, long system) {
        for (long value : new long[] {4096, 4096, 1 << 20, 1 << 20, 1 << 20, 0, 0, 0, system, 0, 255}) {
            body.putLong(value);
        }
    }

    @Test
    void aFileSystemWithANumberOfItsOwnIsTold() throws Exception {
        Optional<String> disk = place(XFS, EXT4);
        assertTrue(disk.isPresent());
        assertEquals(disk, place(OTHER, EXT4), "wherever it is mounted");
        assertNotEquals(disk, place(XFS, OTHER));
        assertTrue(place(EXT4, EXT4).orElseThrow().startsWith("in "));
    }

    @Test
    void theNumberOfABlockDeviceProvesNothing() throws Exception {
        assertEquals(Optional.empty(), place(EXT4, XFS), "two disks may take turns there");
        assertEquals(Optional.empty(), place(XFS, XFS));
        assertEquals(Optional.empty(), place(EXT4, 0xffffffffL));
        server.on(SSH_FXP_STAT, (id, request) -> ScriptedServer.status(id, SSH_FX_NO_SUCH_FILE));
        assertEquals(Optional.empty(), place(XFS, EXT4), "what is found where a disk is not mounted");
        assertTrue(place(EXT4, XFS).orElseThrow().startsWith("in "));
    }
}
