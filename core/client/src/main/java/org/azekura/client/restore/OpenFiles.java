package org.azekura.client.restore;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;

/** The files that were written last, kept open; chunks come in the device's order, not by file. One thread. */
final class OpenFiles implements AutoCloseable {

    private static final int KEPT = 64;

    private final Target target;
    private final Map<FileInMaking, OpenFile> open = new LinkedHashMap<>(KEPT * 2, 0.75f, true);

    OpenFiles(Target target) {
        this.target = target;
    }

    /** The file; made if this is the first time: under its temporary name, or without one if the next call for a file is its end. */
    OpenFile get(FileInMaking file) throws PosixException {
        OpenFile found = open.get(file);
        if (found != null) {
            return found;
        }
        Directory directory = target.above(file.path, true);
        OpenFile opened = file.made == null ? create(target.site(), file) : directory.write(file.temporary, file.made);
        if (open.size() >= KEPT) {
            Iterator<OpenFile> eldest = open.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
        open.put(file, opened);
        return opened;
    }

    private static OpenFile create(Site site, FileInMaking file) throws PosixException {
        file.lists = site.handsDownLists();
        int mode = site.mode(file.entry);
        OpenFile unnamed = file.comesAtOnce() ? site.createUnnamed(mode) : null;
        file.unnamed = unnamed != null;
        OpenFile created = unnamed == null ? site.directory.create(file.temporary, mode) : unnamed;
        try {
            file.made = file.unnamed ? site.made(created, mode) : created.stat();
            return created;
        } catch (PosixException e) {
            created.close();
            throw e;
        }
    }

    void close(FileInMaking file) {
        OpenFile found = open.remove(file);
        if (found != null) {
            found.close();
        }
    }

    @Override
    public void close() {
        open.values().forEach(OpenFile::close);
        open.clear();
    }
}
