package org.azekura.cli.mount;

/** Error numbers of Linux that a file system answers with. */
final class Errno {

    static final int ENOENT = 2;
    static final int EIO = 5;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int EROFS = 30;
    static final int ERANGE = 34;
    static final int ENODATA = 61;
    static final int ESTALE = 116;

    private Errno() {}
}
