package org.azekura.client.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/** Opens the directories of tests. */
public final class Directories {

    private Directories() {}

    public static Directory open(Path path) throws PosixException {
        Directory at = Directory.root();
        for (Path part : path.toAbsolutePath()) {
            try (Directory above = at) {
                at = above.openFollowing(part.toString().getBytes(UTF_8));
            }
        }
        return at;
    }
}
