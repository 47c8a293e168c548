package org.azekura.driver.sftp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.sftp.client.SftpClient.Attribute;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobStore.Blob;

/**
 * Names the blobs below a folder. Many folders are read at once, and a large one in many pieces: where the way is long, it is the ways that cost. Enters no folder
 * that cannot hold any; names that lead elsewhere are no part of keys.
 */
final class Listing {

    /** Requests on their way. */
    private static final int MOST = 16;
    /** Names of one folder, after which a server is taken for one that never ends. */
    private static final int MOST_NAMES = 50_000_000;

    private final Line line;
    private final String root;
    private final String prefix;
    private final Consumer<Blob> each;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final List<Folder> open = new ArrayList<>();

    private Listing(Line line, String root, String prefix, Consumer<Blob> each) {
        this.line = line;
        this.root = root;
        this.prefix = prefix;
        this.each = each;
    }

    /** A folder that is being read; its key ends with a slash, that of the root is empty. */
    private static final class Folder {

        private final String key;
        private final byte[] handle;
        private final Deque<Line.Asked> asked = new ArrayDeque<>();
        private int names;

        Folder(String key, byte[] handle) {
            this.key = key;
            this.handle = handle;
        }

        /** @return null if there are no more */
        List<DirEntry> next(Line line) throws IOException {
            List<DirEntry> found = line.names(asked.remove());
            names += found == null ? 0 : 1 + found.size();
            if (names > MOST_NAMES) {
                throw new IOException("the folder " + key + " has more than " + MOST_NAMES + " names");
            }
            return found;
        }
    }

    static void blobs(Line line, String root, String prefix, Consumer<Blob> each) throws IOException {
        Listing listing = new Listing(line, root, prefix, each);
        listing.waiting.add(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        try {
            while (!listing.waiting.isEmpty() || !listing.open.isEmpty()) {
                listing.openFolders();
                listing.readFolders();
            }
        } finally {
            for (Folder folder : listing.open) {
                listing.close(folder);
            }
        }
    }

    /** All files of one folder; none if it is not there. */
    static List<DirEntry> files(Line line, String path) throws IOException {
        List<DirEntry> all = new ArrayList<>();
        byte[] handle = line.handleIfThere(line.ask(Request.openFolder(path)));
        if (handle != null) {
            Folder folder = new Folder(path, handle);
            try {
                folder.asked.add(line.ask(Request.names(handle)));
                for (List<DirEntry> some = folder.next(line); some != null; some = folder.next(line)) {
                    some.stream().filter(one -> one.getAttributes().isRegularFile()).forEach(all::add);
                    folder.asked.add(line.ask(Request.names(handle)));
                }
            } finally {
                line.tell(Request.close(handle));
            }
        }
        return all;
    }

    private void openFolders() throws IOException {
        List<String> keys = new ArrayList<>();
        List<Line.Asked> asked = new ArrayList<>();
        while (!waiting.isEmpty() && open.size() + keys.size() < MOST) {
            String key = waiting.remove();
            keys.add(key);
            asked.add(line.ask(Request.openFolder(root + "/" + key)));
        }
        IOException failed = null;
        for (int i = 0; i < keys.size(); i++) {
            try {
                byte[] handle = line.handleIfThere(asked.get(i));
                if (handle != null) {
                    open.add(new Folder(keys.get(i), handle));
                }
            } catch (IOException e) {
                failed = e; // not before every folder that was opened is known, to be closed
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void readFolders() throws IOException {
        int each = open.isEmpty() ? 0 : Math.max(1, MOST / open.size());
        for (Folder folder : open) {
            while (folder.asked.size() < each) {
                folder.asked.add(line.ask(Request.names(folder.handle)));
            }
        }
        for (Iterator<Folder> all = open.iterator(); all.hasNext();) {
            Folder folder = all.next();
            boolean ends = false;
            while (!folder.asked.isEmpty() && !ends) {
                List<DirEntry> found = folder.next(line);
                ends = found == null;
                if (!ends) {
                    see(folder, found);
                }
            }
            if (ends) {
                all.remove();
                close(folder);
            }
        }
    }

    private void see(Folder folder, List<DirEntry> found) throws IOException {
        for (DirEntry entry : found) {
            String key = folder.key + entry.getFilename();
            if (entry.getFilename().indexOf('/') < 0 && BlobKeys.isKey(key) && leadsToPrefix(key)) {
                Attributes there = complete(entry.getAttributes(), key);
                if (there.isDirectory()) {
                    waiting.add(key + "/");
                } else if (there.isRegularFile() && key.startsWith(prefix)) {
                    each.accept(new Blob(key, Line.checkSize(there)));
                }
            }
        }
    }

    private boolean leadsToPrefix(String key) {
        return key.startsWith(prefix) || prefix.startsWith(key + "/");
    }

    /** Some servers list names alone. */
    private Attributes complete(Attributes told, String key) throws IOException {
        boolean whole = told.getFlags().contains(Attribute.Size)
                && (told.isDirectory() || told.isRegularFile() || told.isSymbolicLink() || told.isOther());
        return whole ? told : line.attributes(line.ask(Request.lstat(root + "/" + key)));
    }

    private void close(Folder folder) {
        folder.asked.forEach(line::drop);
        line.tell(Request.close(folder.handle));
    }
}
