package org.azekura.client.posix;

import java.io.IOException;
import org.azekura.api.RawPath;

/** A system call that failed. */
public final class PosixException extends IOException {

    private static final long serialVersionUID = 1;

    private final int errno;

    PosixException(String call, byte[] name, int errno) {
        super(call + (name == null ? "" : " " + new RawPath(name)) + ": " + Libc.message(errno) + " (errno " + errno + ")");
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }

    /** The system's words for the error, like {@code Permission denied}. */
    public String reason() {
        return Libc.message(errno);
    }
}
