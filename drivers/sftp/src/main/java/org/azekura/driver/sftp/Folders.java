package org.azekura.driver.sftp;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.sftp.common.SftpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes folders that are there after a power loss of the server, if it lets folders be synced: OpenSSH's does, as it opens a folder like a file. Safe for any
 * number of threads.
 */
final class Folders {

    private static final Logger LOG = LoggerFactory.getLogger(Folders.class);
    /** Paths remembered at most; a store of packs has 256 and a few. */
    private static final int MAX_REMEMBERED = 4096;

    private final String root;
    /** Folders whose names in their parents are known to be on the disk. */
    private final Set<String> durable = ConcurrentHashMap.newKeySet();
    private volatile boolean unsyncable;

    Folders(String root) {
        this.root = root;
    }

    static String above(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /**
     * Makes the folder and those above it, up to the root, which must be there. One that this object has not seen before has its name synced even if it exists:
     * another thread, or a run that was killed, may have made it just now.
     */
    void make(Line line, String folder) throws IOException {
        if (folder.equals(root) || durable.contains(folder)) {
            return;
        }
        make(line, above(folder));
        create(line, folder);
        sync(line, above(folder));
        if (durable.size() >= MAX_REMEMBERED) {
            durable.clear();
        }
        durable.add(folder);
    }

    /** Looks at every folder anew: somebody may have removed one. */
    void forget() {
        durable.clear();
    }

    /** One folder for its user alone; no error if it is there. */
    static void create(Line line, String folder) throws IOException {
        try {
            line.run(Request.mkdir(folder));
        } catch (SftpException e) {
            if (!isFolder(line, folder)) {
                throw e;
            }
        }
    }

    private static boolean isFolder(Line line, String folder) throws IOException {
        try {
            return line.stat(folder).isDirectory();
        } catch (SftpException e) {
            return false;
        }
    }

    /** Brings the names in a folder to the server's disk; one that is gone has none. */
    void sync(Line line, String folder) throws IOException {
        if (unsyncable || !line.has(Extension.FSYNC)) {
            return;
        }
        try {
            byte[] handle = line.handle(line.ask(Request.open(folder, Request.READING)));
            try {
                line.run(Request.sync(handle));
            } finally {
                line.tell(Request.close(handle));
            }
        } catch (SftpException e) {
            if (!SftpFault.absent(e)) {
                unsyncable = true;
                LOG.info("names below {} are not synced, as the server refuses it: {}", root, e.getMessage());
            }
        }
    }
}
