package org.azekura.engine.tree;

/** What the pages of one stack are about. */
enum PageForm {
    /** Entries of a directory. */
    ENTRIES(1),
    /** Extents of a file. */
    EXTENTS(2);

    final int code;

    PageForm(int code) {
        this.code = code;
    }
}
