package org.azekura.storagenode.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.UUID;
import org.azekura.api.ChunkId;
import org.azekura.api.VolumeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one index, all in a folder of their own. Not thread-safe. */
final class IndexFiles {

    /**
     * Many small tables: one that grows copies little. Each has its own size from the beginning, so that they grow one after the other, and the
     * bytes a chunk takes are about the same at any number of chunks.
     */
    static final int TABLES = 16;
    private static final int FIRST_SLOTS = 64;
    /** So many packs can be read, once after a boot, in about the time that syncing all files takes at every end. */
    static final int WORTH_SYNCING = 256;
    private static final double GROWTH = 7.0 / 6;
    private static final String HEAD = "head";
    private static final String PACKS = "packs";
    private static final String SESSIONS = "sessions";
    private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);

    private final Path folder;
    private final IndexHead head;
    /** Of what is small, see {@link MappedFile}. */
    private final Arena together = Arena.ofShared();
    private final ChunkTable[] tables = new ChunkTable[TABLES];
    private PackTable packs;
    private SessionLog sessions;

    private IndexFiles(Path folder, IndexHead head) {
        this.folder = folder;
        this.head = head;
    }

    /** What is there, if it can be used; otherwise empty ones. From here on they are not clean, until closed. */
    static IndexFiles open(Path folder, VolumeId volume, UUID boot) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        IndexHead before = IndexHead.read(folder.resolve(HEAD));
        if (before != null && before.usable(volume, boot)) {
            IndexFiles files = new IndexFiles(folder, new IndexHead(volume, boot, false, before.generation()));
            try {
                files.open(before.clean());
                return files;
            } catch (IOException e) {
                LOG.warn("the chunk index in {} is made anew: {}", folder, e.getMessage());
                files.unmap();
            }
        }
        clear(folder);
        IndexFiles files = new IndexFiles(folder, new IndexHead(volume, boot, false, new SecureRandom().nextLong()));
        try {
            files.create();
            return files;
        } catch (IOException e) {
            files.unmap();
            throw e;
        }
    }

    /** The head goes first: without it, nothing else is believed. */
    private static void clear(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(HEAD));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }

    /** What is left of it after power loss is not clean, or not there: nothing has to be durable. */
    private void create() throws IOException {
        packs = PackTable.create(folder.resolve(PACKS), head.generation(), together);
        sessions = SessionLog.create(folder.resolve(SESSIONS), head.generation(), together);
        for (int i = 0; i < TABLES; i++) {
            tables[i] = ChunkTable.create(table(i), head.generation(), i, (int) (FIRST_SLOTS * Math.pow(GROWTH, (double) i / TABLES)), together);
        }
        head.write(folder.resolve(HEAD), false);
    }

    private void open(boolean clean) throws IOException {
        // Before the first write through memory, it must be sure that nobody takes the files for clean.
        head.write(folder.resolve(HEAD), clean);
        packs = PackTable.open(folder.resolve(PACKS), head.generation(), together);
        sessions = SessionLog.open(folder.resolve(SESSIONS), head.generation(), together);
        for (int i = 0; i < TABLES; i++) {
            tables[i] = ChunkTable.open(table(i), head.generation(), i, together);
        }
    }

    /** Has the tables add up in one tally what is needed of each pack. */
    void tally(LiveTally tally) {
        for (ChunkTable table : tables) {
            table.tally(tally, (one, other) -> packs.isUsed(one) && packs.isOf(other, packs.group(one)));
        }
    }

    private Path table(int number) {
        return folder.resolve("chunks-%02d".formatted(number));
    }

    PackTable packs() {
        return packs;
    }

    SessionLog sessions() {
        return sessions;
    }

    ChunkTable table(ChunkId key) {
        return tables[number(key)];
    }

    ChunkTable at(int number) {
        return tables[number];
    }

    /** The key's table, after it was made larger if it has to be. */
    ChunkTable roomy(ChunkId key) throws IOException {
        int number = number(key);
        if (tables[number].full()) {
            tables[number] = tables[number].grown();
        }
        return tables[number];
    }

    private static int number(ChunkId key) {
        return (int) key.d() & TABLES - 1;
    }

    Path folder() {
        return folder;
    }

    /** Bytes of all files, and of what is beside them outside of the heap. */
    long bytes() {
        long bytes = packs.memory() + sessions.fileBytes();
        for (ChunkTable table : tables) {
            bytes += table.fileBytes();
        }
        return bytes;
    }

    /** Makes everything durable, and clean if that succeeds; unless it is so little that it is soon made anew. */
    void close() throws IOException {
        try {
            if (packs.count() >= WORTH_SYNCING) {
                packs.force();
                sessions.force();
                for (ChunkTable table : tables) {
                    table.force();
                }
                new IndexHead(head.volume(), head.boot(), true, head.generation()).write(folder.resolve(HEAD), true);
            }
        } finally {
            unmap();
        }
    }

    private void unmap() {
        if (packs != null) {
            packs.close();
        }
        if (sessions != null) {
            sessions.close();
        }
        for (ChunkTable table : tables) {
            if (table != null) {
                table.close();
            }
        }
        together.close();
    }
}
