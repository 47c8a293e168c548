package org.azekura.driver.tape.sg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
        try {
            System.loadLibrary("azekura_sg");
        } catch (UnsatisfiedLinkError e) {
            // A program that is one jar has it inside, and nobody who finds it there.
            unpacked(e);
        }
    }

    @SuppressWarnings("restricted")
    private static void unpacked(UnsatisfiedLinkError none) {
        try (InputStream in = SgNative.class.getResourceAsStream("/native/libazekura_sg.so")) {
            if (in == null) {
                throw none;
            }
            Path file = Files.createTempFile("azekura", ".so");
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                System.load(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            none.addSuppressed(e);
            throw none;
        }
    }

    static native int open(byte[] path);

    static native int event();

    static native void wake(int event);

    static native void close(int fd);

    static native int send(int fd, byte[] cdb, int direction, ByteBuffer data, int offset, int length, ByteBuffer sense, int timeout_ms);

    static native int receive(int fd, int event, int wait_ms, int[] result);
}
