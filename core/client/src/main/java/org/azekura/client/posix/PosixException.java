package org.azekura.client.posix;

import java.io.IOException;
import org.azekura.api.RawPath;

/** A system call that failed. */
public final class PosixException extends IOException {

    private static final long serialVersionUID = 1;

    private final String call;
    private final byte[] name;
    private final int errno;

    PosixException(String call, byte[] name, int errno) {
        this.call = call;
        this.name = name;
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }

    @Override
    public String getMessage() {
        return call + (name == null ? "" : " " + new RawPath(name)) + ": " + reason() + " (errno " + errno + ")";
    }

    /** None: some of these are answers, like that nothing is there, and come by the hundred thousand. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** The system's words for the error, like {@code Permission denied}. */
    public String reason() {
        return Libc.message(errno);
    }
}
