package org.azekura.client.collect;

import java.io.IOException;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.OpenFile;

/** Calls whose results only the kernel keeps: the walk finds them there when it comes. */
final class KernelCache {

    private static final int MAX_ENTRIES = 64;
    private static final int HEAD_BYTES = 1 << 20;

    private KernelCache() {}

    /** Begins to read a file, without waiting for more than its blocks' places. */
    static void begin(Directory directory, byte[] name) throws IOException {
        try (OpenFile file = directory.read(name)) {
            file.willNeed(0, HEAD_BYTES);
        }
    }

    /** @return how many entries were looked at */
    static int directory(Directory above, byte[] name, boolean content) throws IOException {
        try (Directory directory = above.open(name)) {
            NameBlock names = new NameBlock();
            directory.names(entry -> {
                if (names.count() < MAX_ENTRIES) {
                    names.add(entry);
                }
            });
            for (int i = 0; i < names.count(); i++) {
                FileStat stat = directory.find(names.name(i));
                if (content && stat != null && stat.type() == FileType.FILE && stat.size() > 0) {
                    begin(directory, names.name(i));
                }
            }
            return names.count();
        }
    }
}
