package org.azekura.client.collect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.PosixException;

/** The names of a directory, sorted by their bytes. */
final class SortedNames {

    private SortedNames() {}

    static Iterator<byte[]> of(Directory directory) throws PosixException {
        List<byte[]> names = new ArrayList<>();
        directory.names(names::add);
        names.sort(Arrays::compareUnsigned);
        return names.iterator();
    }
}
