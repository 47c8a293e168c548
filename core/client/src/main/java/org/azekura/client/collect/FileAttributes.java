package org.azekura.client.collect;

import java.util.List;
import org.azekura.client.posix.Attribute;
import org.azekura.client.posix.Attributes;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;

/** Extended attributes as they were read, or why they could not be: an entry is saved without them then. {@code failure}: null if they were */
record FileAttributes(List<Attribute> found, PosixException failure) {

    static FileAttributes of(OpenFile file) {
        return of(file::attributes);
    }

    static FileAttributes of(Attributes attributes) {
        return of(attributes::list);
    }

    private interface Reading {
        List<Attribute> read() throws PosixException;
    }

    private static FileAttributes of(Reading reading) {
        try {
            return new FileAttributes(reading.read(), null);
        } catch (PosixException e) {
            return new FileAttributes(List.of(), e);
        }
    }
}
