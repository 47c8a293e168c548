package org.azekura.rest.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.azekura.api.BackupException;
import org.azekura.api.content.Saved;

/**
 * Sizes and checksums stand behind each file, those beyond 4 GiB in the form of zip64. Names are UTF-8, a backslash in them is {@code %5C}: where programs of Windows
 * unpack, it would be a slash, and lead out of where they do. Modes and symbolic links are there for who reads them.
 */
final class ZipArchive implements Archive, AutoCloseable {

    /** All names stand at the end once more, and are in memory until then, each with some 750 bytes. */
    static final int MOST_NAMES = 100_000;
    /** Bytes that can't be made smaller become more. */
    private static final long NEARLY_4_GiB = 0xf000_0000L;
    /** What its form has room for: a host may have set any. */
    private static final Instant FIRST = Instant.parse("1601-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int S_IFLNK = 0120000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFDIR = 0040000;

    private final ZipArchiveOutputStream out;
    private final Semaphore room;
    private int names;

    /** @param room how many names all zips that are made now may still take */
    ZipArchive(OutputStream to, Semaphore room) {
        this.room = room;
        out = new ZipArchiveOutputStream(to);
        out.setEncoding("UTF-8");
        // a line to a browser is slower than even this
        out.setLevel(Deflater.BEST_SPEED);
    }

    @Override
    public void add(String name, Saved entry, Bytes bytes) throws IOException, BackupException, InterruptedException {
        switch (entry.type()) {
            case DIRECTORY -> put(name + "/", S_IFDIR, entry, 0, Bytes.NONE);
            case FILE -> put(name, S_IFREG, entry, entry.size(), bytes);
            case SYMLINK -> put(name, S_IFLNK, entry, entry.target().bytes().length, to -> to.write(entry.target().bytes()));
            case FIFO, SOCKET, BLOCK, CHARACTER -> { }
        }
    }

    private void put(String name, int kind, Saved entry, long size, Bytes bytes) throws IOException, BackupException, InterruptedException {
        if (!room.tryAcquire()) {
            throw BackupException.operator("archive.full", "", "the zips that are made now have more than " + MOST_NAMES + " files, folders and links; take a tar, or less at a time");
        }
        names++;
        ZipArchiveEntry made = new ZipArchiveEntry(safe(name));
        made.setSize(size);
        made.setUnixMode(kind | entry.mode());
        if (entry.mtime() != null) {
            made.setLastModifiedTime(FileTime.from(clamped(entry.mtime())));
        }
        out.setUseZip64(size >= NEARLY_4_GiB ? Zip64Mode.Always : Zip64Mode.AsNeeded);
        out.putArchiveEntry(made);
        bytes.copy(out);
        out.closeArchiveEntry();
    }

    private static Instant clamped(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    /** No two names become one. */
    private static String safe(String name) {
        return name.replaceAll("%((?:25)*5C)", "%25$1").replace("\\", "%5C");
    }

    @Override
    public void finish() throws IOException {
        out.finish();
        out.flush();
    }

    /** Gives its names' room back, whether all is in it or not. */
    @Override
    public void close() {
        room.release(names);
        names = 0;
    }
}
