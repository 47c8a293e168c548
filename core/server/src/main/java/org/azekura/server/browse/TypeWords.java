package org.azekura.server.browse;

import org.azekura.engine.tree.Entry;

/** Types of entries in single words. */
final class TypeWords {

    private TypeWords() {}

    static String of(Entry.Type type) {
        return switch (type) {
            case FILE -> "file";
            case DIRECTORY -> "directory";
            case SYMLINK -> "symlink";
            case FIFO -> "fifo";
            case SOCKET -> "socket";
            case BLOCK -> "block";
            case CHARACTER -> "character";
        };
    }
}
