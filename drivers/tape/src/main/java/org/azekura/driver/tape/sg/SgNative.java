package org.azekura.driver.tape.sg;

import java.nio.ByteBuffer;

/** Natives of {@code azekura_sg.c}, where they are explained. What is negative is an error number of Linux. */
final class SgNative {

    static final int NOT_YET = 1;
    static final int WOKEN = 2;

    static {
        load();
    }

    private SgNative() {}

    @SuppressWarnings("restricted")
    private static void load() {
        System.loadLibrary("azekura_sg");
    }

    static native int open(byte[] path);

    static native int event();

    static native void wake(int event);

    static native void close(int fd);

    static native int send(int fd, byte[] cdb, int direction, ByteBuffer data, int offset, int length, ByteBuffer sense, int timeout_ms);

    static native int receive(int fd, int event, int wait_ms, int[] result);
}
