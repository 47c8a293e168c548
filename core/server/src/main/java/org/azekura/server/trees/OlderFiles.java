package org.azekura.server.trees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a store of this folder alone has left: it is read, and goes to the device by and by. Thread-safe: the home guards all fields. */
final class OlderFiles {

    private static final Logger log = LoggerFactory.getLogger(OlderFiles.class);

    private final SharedFiles home;
    /** By their numbers here. */
    private final Map<Integer, Path> files = new TreeMap<>();

    OlderFiles(SharedFiles home) {
        this.home = home;
    }

    void take() throws IOException {
        TreeFolder alone = new TreeFolder(home.folder.path());
        for (int number : alone.numbers()) {
            int file = home.table.file();
            files.put(file, alone.file(number));
            for (FrameScan.Found frame : FrameScan.hop(alone.file(number)).frames()) {
                if (home.index.place(frame.id()) == PageIndex.NONE) {
                    home.index.put(frame.id(), PageIndex.place(file, frame.offset()), frame.length());
                }
            }
        }
    }

    /** Null if it is none of them; while the home is held. */
    Path file(int number) {
        return files.get(number);
    }

    /** On the follower's thread: who waits for it waits for this, too. */
    void move() throws BackupException {
        try {
            for (Map.Entry<Integer, Path> each : all()) {
                long size = Files.size(each.getValue());
                Segment segment = size == 0 ? null : home.outbox.put(each.getValue());
                synchronized (home) {
                    home.requireOpen();
                    if (segment == null) {
                        Files.delete(each.getValue());
                    } else {
                        home.folder.move(each.getValue(), segment);
                        home.table.put(each.getKey(), segment, size);
                    }
                    files.remove(each.getKey());
                }
                if (segment != null) {
                    home.follower.written(segment);
                    log.info("{} went to the shared store of tree pages as {}", each.getValue(), segment);
                }
            }
        } catch (IOException e) {
            throw home.failed(e);
        }
    }

    private List<Map.Entry<Integer, Path>> all() {
        synchronized (home) {
            return List.copyOf(files.entrySet());
        }
    }
}
