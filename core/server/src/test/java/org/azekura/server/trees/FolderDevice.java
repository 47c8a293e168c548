package org.azekura.server.trees;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;

/** A device of files, which outlives a process that is killed; none whose power can go. */
record FolderDevice(Path root) implements BlobStore {

    private static BackupException failed(String key, IOException e) {
        return e instanceof NoSuchFileException ? BackupException.media("blob.missing", key, "there is no blob " + key, e)
                : e instanceof FileAlreadyExistsException ? BackupException.operator("blob.exists", key, "there is a blob " + key)
                : BackupException.device("device.io", key, e.toString(), e);
    }

    private Path path(String key) {
        return root.resolve(key);
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        try {
            Files.createDirectories(path(key).getParent());
            if (Files.exists(path(key))) {
                throw new FileAlreadyExistsException(key);
            }
            Path draft = Files.createTempFile(root, "draft", null);
            return new Draft(key, draft, path(key), FileChannel.open(draft, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failed(key, e);
        }
    }

    private record Draft(String key, Path draft, Path path, FileChannel file) implements BlobWriter {

        @Override
        public void write(ByteBuffer bytes) throws BackupException {
            try {
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException e) {
                throw failed(key, e);
            }
        }

        @Override
        public void commit() throws BackupException {
            try {
                Files.createLink(path, draft);
            } catch (IOException e) {
                throw failed(key, e);
            }
        }

        @Override
        public void close() {
            try {
                file.close();
                Files.deleteIfExists(draft);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        try (FileChannel file = FileChannel.open(path(key))) {
            return Math.max(0, file.read(into, offset));
        } catch (IOException e) {
            throw failed(key, e);
        }
    }

    @Override
    public long size(String key) throws BackupException {
        try {
            return Files.size(path(key));
        } catch (NoSuchFileException e) {
            return -1;
        } catch (IOException e) {
            throw failed(key, e);
        }
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        Path folder = path(prefix);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                long size = size(prefix + file.getFileName());
                if (size >= 0) {
                    each.accept(new Blob(prefix + file.getFileName(), size));
                }
            }
        } catch (IOException e) {
            throw failed(prefix, e);
        }
    }

    @Override
    public void delete(String key) throws BackupException {
        try {
            Files.deleteIfExists(path(key));
        } catch (IOException e) {
            throw failed(key, e);
        }
    }

    @Override
    public Space space() {
        return new Space(-1, -1);
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true);
    }
}
