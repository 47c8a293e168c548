package org.azekura.client.collect;

import java.io.IOException;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;

/** The directory that readers look into ahead of the walk. Any threads, until it is closed. */
interface AheadSource extends AutoCloseable {

    FileStat stat(byte[] name) throws PosixException;

    /** Reads a small file. */
    ReadFile read(byte[] name, FileStat stat) throws PosixException;

    /** Has the kernel begin with a large file. */
    void begin(byte[] name) throws IOException;

    /**
     * Has the kernel read what the walk will want of a sub-directory.
     *
     * @param content whether that is the content of its files, too
     * @return how many entries were looked at
     */
    int warm(byte[] name, boolean content) throws IOException;

    @Override
    void close();

    /** @return with a handle of its own: the walk closes some of its handles on the way down */
    static AheadSource of(Directory directory) throws PosixException {
        Directory own = directory.reopen();
        return new AheadSource() {

            @Override
            public FileStat stat(byte[] name) throws PosixException {
                return own.stat(name);
            }

            @Override
            public ReadFile read(byte[] name, FileStat stat) throws PosixException {
                try (OpenFile file = own.read(name)) {
                    byte[] bytes = new byte[(int) stat.size()];
                    int read = file.read(0, bytes, 0, bytes.length);
                    return new ReadFile(bytes, read, file.stat(), FileAttributes.of(file));
                }
            }

            @Override
            public void begin(byte[] name) throws IOException {
                KernelCache.begin(own, name);
            }

            @Override
            public int warm(byte[] name, boolean content) throws IOException {
                return KernelCache.directory(own, name, content);
            }

            @Override
            public void close() {
                own.close();
            }
        };
    }
}
