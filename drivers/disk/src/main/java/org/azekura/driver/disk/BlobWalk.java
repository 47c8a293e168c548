package org.azekura.driver.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobStore.Blob;

/** Names the blobs below a folder while it walks; enters no folder that cannot hold any. */
final class BlobWalk extends SimpleFileVisitor<Path> {

    private final Path root;
    private final String prefix;
    private final Consumer<Blob> each;

    BlobWalk(Path root, String prefix, Consumer<Blob> each) {
        this.root = root;
        this.prefix = prefix;
        this.each = each;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return mayHold(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String key = key(file);
        if (attributes.isRegularFile() && key.startsWith(prefix) && BlobKeys.isKey(key)) {
            each.accept(new Blob(key, attributes.size()));
        }
        return FileVisitResult.CONTINUE;
    }

    /** A folder that is gone holds nothing; one that is not ours (like {@code lost+found}) need not be readable. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
        if (DiskFault.absent(e) || !mayHold(path)) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private boolean mayHold(Path folder) {
        if (folder.equals(root)) {
            return true;
        }
        String below = key(folder) + "/";
        return BlobKeys.isKey(key(folder)) && (below.startsWith(prefix) || prefix.startsWith(below));
    }

    private String key(Path path) {
        return root.relativize(path).toString();
    }
}
