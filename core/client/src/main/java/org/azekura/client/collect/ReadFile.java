package org.azekura.client.collect;

import org.azekura.client.posix.FileStat;

/** A small file that was read ahead. {@code after}: as it was afterwards; {@code bytes}: as many as were there, up to the size it had before */
record ReadFile(byte[] bytes, int length, FileStat after, FileAttributes attributes) {

    /** Whether these are the bytes of a file that is seen like this. */
    boolean is(FileStat walked) {
        return length == walked.size() && after.sameContent(walked);
    }
}
