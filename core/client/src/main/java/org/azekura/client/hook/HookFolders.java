package org.azekura.client.hook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.HookName;
import org.azekura.client.posix.Accounts;

/** Where this client's owner puts hooks. Nobody but root and the user of this process can have put one there. */
final class HookFolders {

    private static final int OTHERS_WRITE = 0022;
    private static final int ANY_EXECUTES = 0111;

    private final List<Path> folders;

    /** @param folders absolute; the first that has a hook of the name counts */
    HookFolders(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * The program.
     *
     * @throws BackupException {@code hook.unknown}; {@code hook.refused} if somebody else might have made it, or it is no program
     */
    Path find(HookName name) throws BackupException {
        for (Path folder : folders) {
            Path hook = folder.resolve(name.value());
            if (Files.exists(hook, LinkOption.NOFOLLOW_LINKS)) {
                check(name, folder, "directory");
                check(name, hook, "regular file");
                return hook;
            }
        }
        throw BackupException.operator("hook.unknown", name.value(), "there is no hook " + name + "; the client's owner puts one into " + folders.getFirst());
    }

    private static void check(HookName name, Path path, String kind) throws BackupException {
        Map<String, Object> is;
        try {
            is = Files.readAttributes(path, "unix:mode,uid,isDirectory,isRegularFile", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw refused(name, path + " cannot be looked at: " + e);
        }
        boolean directory = kind.equals("directory");
        int mode = (int) is.get("mode");
        int owner = (int) is.get("uid");
        if (!(boolean) is.get(directory ? "isDirectory" : "isRegularFile")) {
            throw refused(name, path + " is no " + kind + " (a link to one will not do)");
        }
        if (owner != 0 && owner != Accounts.self()) {
            throw refused(name, path + " belongs to user " + owner + "; it has to belong to root or to user " + Accounts.self());
        }
        if ((mode & OTHERS_WRITE) != 0) {
            throw refused(name, path + " can be written by its group or by others; take that away with: chmod go-w " + path);
        }
        if (!directory && (mode & ANY_EXECUTES) == 0) {
            throw refused(name, path + " is not executable; make it so with: chmod u+x " + path);
        }
    }

    private static BackupException refused(HookName name, String why) {
        return BackupException.operator("hook.refused", name.value(), "hook " + name + " is not called: " + why);
    }
}
