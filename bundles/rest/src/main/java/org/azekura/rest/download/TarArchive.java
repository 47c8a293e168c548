package org.azekura.rest.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.content.Saved;

/**
 * A tar in POSIX form: owners, modes, links, devices, and extended attributes whose values are text. Sockets are left out: nobody makes one from an archive.
 */
final class TarArchive implements Archive {

    /** Names of a file beyond these become files of their own, so that memory has a bound. */
    private static final int MAX_LINKED = 100_000;

    private final TarArchiveOutputStream out;
    /** The first name of each file that has several. */
    private final Map<Long, String> linked = new HashMap<>();

    TarArchive(OutputStream to) {
        out = new TarArchiveOutputStream(to, "UTF-8");
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        out.setAddPaxHeadersForNonAsciiNames(true);
    }

    @Override
    public void add(String name, Saved entry, Bytes bytes) throws IOException, BackupException, InterruptedException {
        String first = linked.get(entry.linkGroup());
        if (entry.linkGroup() != 0 && first != null) {
            TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_LINK);
            link.setLinkName(first);
            put(link, entry, 0, Bytes.NONE);
            return;
        }
        if (entry.linkGroup() != 0 && linked.size() < MAX_LINKED) {
            linked.put(entry.linkGroup(), name);
        }
        switch (entry.type()) {
            case DIRECTORY -> put(new TarArchiveEntry(name + "/", TarConstants.LF_DIR), entry, 0, Bytes.NONE);
            case FILE -> put(new TarArchiveEntry(name, TarConstants.LF_NORMAL), entry, entry.size(), bytes);
            case SYMLINK -> {
                TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                link.setLinkName(Selection.text(entry.target()));
                put(link, entry, 0, Bytes.NONE);
            }
            case FIFO -> put(new TarArchiveEntry(name, TarConstants.LF_FIFO), entry, 0, Bytes.NONE);
            case BLOCK, CHARACTER -> {
                TarArchiveEntry device = new TarArchiveEntry(name, entry.type() == Saved.Type.BLOCK ? TarConstants.LF_BLK : TarConstants.LF_CHR);
                device.setDevMajor(entry.major());
                device.setDevMinor(entry.minor());
                put(device, entry, 0, Bytes.NONE);
            }
            case SOCKET -> { }
        }
    }

    private void put(TarArchiveEntry made, Saved entry, long size, Bytes bytes) throws IOException, BackupException, InterruptedException {
        made.setSize(size);
        made.setMode(entry.mode());
        made.setUserId(entry.uid());
        made.setGroupId(entry.gid());
        made.setUserName(entry.user());
        made.setGroupName(entry.group());
        if (entry.mtime() != null) {
            made.setLastModifiedTime(FileTime.from(entry.mtime()));
        }
        entry.xattrs().forEach((name, value) -> {
            String text = new RawPath(value).utf8();
            if (text != null && name.utf8() != null) {
                made.addPaxHeader("SCHILY.xattr." + name.utf8(), text);
            }
        });
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
