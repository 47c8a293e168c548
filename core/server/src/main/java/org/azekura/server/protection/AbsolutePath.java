package org.azekura.server.protection;

import java.nio.charset.StandardCharsets;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;

/** The one form in which orders and save sets name paths: from the root on, without detours. */
public final class AbsolutePath {

    private AbsolutePath() {}

    /** @throws BackupException {@code path.relative}, {@code path.invalid} */
    public static void require(RawPath path) throws BackupException {
        if (path.bytes().length == 0 || path.bytes()[0] != '/') {
            throw BackupException.operator("path.relative", path.toString(), "\"" + path + "\" is no absolute path; like /srv/www");
        }
        // ISO-8859-1 keeps every byte as it is
        for (String name : new String(path.bytes(), StandardCharsets.ISO_8859_1).split("/")) {
            if (name.equals(".") || name.equals("..")) {
                throw BackupException.operator("path.invalid", path.toString(), "\"" + path + "\" has the name \"" + name
                        + "\" in it; give the path without detours, like /srv/www");
            }
        }
        for (byte b : path.bytes()) {
            if (b == 0) {
                throw BackupException.operator("path.invalid", path.toString(), "\"" + path + "\" has a zero byte in it");
            }
        }
    }
}
