package org.azekura.server.trees;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads pages of a shared store: from this folder, and from the device what is damaged here or has not come yet. Thread-safe. */
final class PageReader {

    private static final Logger log = LoggerFactory.getLogger(PageReader.class);

    private final SharedFiles home;

    PageReader(SharedFiles home) {
        this.home = home;
    }

    /** @throws BackupException {@code tree.missing} if it is not on the device either */
    PageHome.Stored read(ChunkId id) throws BackupException {
        for (boolean asked = false;;) {
            long place;
            int length;
            Path path;
            synchronized (home) {
                place = home.index.place(id);
                length = place == PageIndex.NONE ? 0 : home.index.length(id);
                path = place == PageIndex.NONE ? null : path(PageIndex.file(place));
            }
            if (place == PageIndex.NONE && home.others.mayHave(id)) {
                home.others.find();
                continue;
            }
            if (place == PageIndex.NONE) {
                if (asked || !home.follower.search(id)) {
                    throw BackupException.corrupt("tree.missing", id.toString(), "tree page " + id + " is not in " + home.folder.path() + ", nor in the shared store");
                }
                asked = true;
                continue;
            }
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                byte[] bytes = new byte[length];
                file.seek(PageIndex.offset(place));
                file.readFully(bytes);
                return new PageHome.Stored(place, ByteBuffer.wrap(bytes));
            } catch (FileNotFoundException e) {
                synchronized (home) {
                    if (home.index.place(id) == place && path.equals(path(PageIndex.file(place)))) {
                        return new PageHome.Stored(place, ByteBuffer.allocate(0));
                    }
                }
            } catch (EOFException e) {
                return new PageHome.Stored(place, ByteBuffer.allocate(0));
            } catch (IOException e) {
                throw home.failed(e);
            }
        }
    }

    private Path path(int file) {
        Segment segment = home.table.segment(file);
        if (segment != null) {
            return home.folder.file(segment);
        }
        Path older = home.older.file(file);
        return older != null ? older : home.outbox.file(file);
    }

    /** What is at this place is not the page. The device has every byte that this folder has. */
    PageHome.Stored damaged(ChunkId id, long place) throws BackupException {
        Segment segment;
        int length;
        synchronized (home) {
            segment = home.index.place(id) == place ? home.table.segment(PageIndex.file(place)) : null;
            length = segment == null ? 0 : home.index.length(id);
        }
        if (segment == null) {
            home.drop(id, place);
            return null;
        }
        try {
            ByteBuffer bytes = PageHome.sound(id, home.shelf.read(segment, PageIndex.offset(place), length)).bytes();
            mend(segment, PageIndex.offset(place), bytes);
            return new PageHome.Stored(place, bytes);
        } catch (BackupException e) {
            if (e.failure().code().equals(SharedFiles.AWAY)) {
                throw e;
            }
            home.drop(id, place);
            return null;
        }
    }

    private void mend(Segment segment, long offset, ByteBuffer bytes) {
        Path path = home.folder.file(segment);
        if (!Files.exists(path)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
            log.warn("{}: a tree page at {} was damaged here and has come anew from the shared store", path, offset);
        } catch (IOException e) {
            log.warn("{}: a damaged page could not be mended: {}", path, e.toString());
        }
    }
}
