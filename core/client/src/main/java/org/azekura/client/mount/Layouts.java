package org.azekura.client.mount;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.message.MountAnswer;
import org.azekura.api.message.MountQuestion;

/** Where the files lie that were read last; what is not known is asked of the server. Safe for any number of threads. */
final class Layouts {

    /** Asked at once, from a multiple of it on. */
    static final long WINDOW = 32 << 20;
    /** With some 100 bytes for each of 32 chunks they take a few MiB. */
    private static final int MAX_FILES = 64;
    private static final int MAX_OF_A_FILE = 32;

    /** Who is asked. */
    @FunctionalInterface
    interface Source {
        MountAnswer.Range find(MountQuestion.FindRange question) throws BackupException;
    }

    private final Source source;
    private final Map<RawPath, TreeMap<Long, Slices>> known = new LinkedHashMap<>(16, 0.75f, true);

    Layouts(Source source) {
        this.source = source;
    }

    /** Null if the file ends before this place. */
    Slices at(RawPath file, long place) throws BackupException {
        Slices found = known(file, place);
        return found == null ? asked(file, place) : found;
    }

    /** The same for who reads from this place to the end: what lay in an archive may have been brought since. */
    Slices toRead(RawPath file, long place, long end) throws BackupException {
        Slices found = known(file, place);
        return found == null || found.isArchived(place, end) ? asked(file, place) : found;
    }

    private Slices asked(RawPath file, long place) throws BackupException {
        Slices found = ask(file, place / WINDOW * WINDOW);
        // a window of many small pieces does not come whole
        return found == null || found.covers(place) ? found : ask(file, place);
    }

    private synchronized Slices known(RawPath file, long place) {
        var below = known.getOrDefault(file, new TreeMap<>()).floorEntry(place);
        return below != null && below.getValue().covers(place) ? below.getValue() : null;
    }

    private Slices ask(RawPath file, long from) throws BackupException {
        Slices found = Slices.of(source.find(new MountQuestion.FindRange(file, from, WINDOW)));
        if (found != null) {
            keep(file, found);
        }
        return found;
    }

    private synchronized void keep(RawPath file, Slices found) {
        TreeMap<Long, Slices> ofFile = known.computeIfAbsent(file, f -> new TreeMap<>());
        if (ofFile.size() >= MAX_OF_A_FILE) {
            ofFile.clear();
        }
        ofFile.put(found.from(), found);
        if (known.size() > MAX_FILES) {
            var oldest = known.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
