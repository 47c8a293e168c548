package org.azekura.driver.tape;

import java.util.TreeMap;

/**
 * Where a drive stands by our own count: filemarks from the beginning, and blocks since the last of them. Each of it is known or not. One thread at a time.
 */
final class Track {

    private static final long UNKNOWN = -1;
    /** So many lengths are kept; who needs another one counts again. */
    private static final int MOST_LENGTHS = 20_000;

    private long file;
    private long block;
    private long objects;
    /** Blocks in front of the filemark that ends a file, as far as they were counted. */
    private final TreeMap<Long, Long> lengths = new TreeMap<>();

    /** Filemarks that lie before; -1 if unknown. */
    long file() {
        return file;
    }

    /** Blocks since the last filemark; -1 if unknown. */
    long block() {
        return block;
    }

    /** All that lies before; -1 if unknown. */
    long objects() {
        return objects;
    }

    boolean isKnown() {
        return file >= 0 && block >= 0;
    }

    void beginning() {
        file = 0;
        block = 0;
        objects = 0;
    }

    /** Only so much is known: how many objects lie before; -1 for nothing. */
    void unknown(long before) {
        file = UNKNOWN;
        block = UNKNOWN;
        objects = before;
    }

    void passedBlock() {
        block += block >= 0 ? 1 : 0;
        objects += objects >= 0 ? 1 : 0;
    }

    void passedFilemark() {
        if (isKnown()) {
            if (lengths.size() >= MOST_LENGTHS) {
                lengths.pollFirstEntry();
            }
            lengths.put(file, block);
        }
        file += file >= 0 ? 1 : 0;
        block = file >= 0 ? 0 : UNKNOWN;
        objects += objects >= 0 ? 1 : 0;
    }

    /** Right behind so many filemarks. */
    void startOf(long files) {
        file = files;
        block = 0;
        objects = files == 0 ? 0 : UNKNOWN;
    }

    /** Blocks in front of a filemark and behind the one before; -1 if nobody has counted them. */
    long length(long filemark) {
        return lengths.getOrDefault(filemark, UNKNOWN);
    }

    /** At the end of data, behind so many filemarks and a number of blocks that nobody has counted. */
    void endOfData(long files) {
        file = files;
        block = UNKNOWN;
        objects = UNKNOWN;
    }

    /** Something is written here: what lay behind is gone. */
    void cut() {
        if (file >= 0) {
            lengths.tailMap(file, true).clear();
        } else {
            lengths.clear();
        }
    }
}
