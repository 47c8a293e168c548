package org.azekura.rest.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.azekura.api.BackupException;
import org.azekura.api.content.Saved;

/** Sizes and checksums stand behind each file, those beyond 4 GiB in the form of zip64. Names are UTF-8; modes and symbolic links are there for who reads them. */
final class ZipArchive implements Archive {

    /** Bytes that can't be made smaller become more. */
    private static final long NEARLY_4_GiB = 0xf000_0000L;
    private static final int S_IFLNK = 0120000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFDIR = 0040000;

    private final ZipArchiveOutputStream out;

    ZipArchive(OutputStream to) {
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
        ZipArchiveEntry made = new ZipArchiveEntry(name);
        made.setSize(size);
        made.setUnixMode(kind | entry.mode());
        if (entry.mtime() != null) {
            made.setLastModifiedTime(FileTime.from(entry.mtime()));
        }
        out.setUseZip64(size >= NEARLY_4_GiB ? Zip64Mode.Always : Zip64Mode.AsNeeded);
        out.putArchiveEntry(made);
        bytes.copy(out);
        out.closeArchiveEntry();
    }

    @Override
    public void finish() throws IOException {
        out.finish();
        out.flush();
    }
}
