package org.azekura.driver.tape.iscsi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;

/**
 * Who we are to a target, and who it is to us. It comes from a file of this host, so that no secret is in the settings of a device, which are listed, logged and kept in
 * catalogs.
 *
 * @param user         by which the target knows us
 * @param secret       that proves it
 * @param targetUser   by which the target proves itself; empty if it need not
 * @param targetSecret likewise; another one than ours
 */
public record ChapAccount(String user, String secret, String targetUser, String targetSecret) {

    /** Shorter ones are found by trying (RFC 7143, 12.1.3: 96 bits). */
    private static final int LEAST = 12;
    private static final int MOST = 255;
    private static final int MOST_BYTES = 4096;
    private static final Set<String> KEYS = Set.of("user", "secret", "targetUser", "targetSecret");
    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    boolean isMutual() {
        return !targetUser.isEmpty();
    }

    /**
     * Reads lines like {@code user = NAME}, with {@code secret}, and {@code targetUser} and {@code targetSecret} if the target is to prove itself, too. Empty lines, and
     * those that begin with {@code #}, say nothing.
     *
     * @throws BackupException {@code setting.chapFile}; its message has nothing of what is in the file but names of keys
     */
    public static ChapAccount read(String file) throws BackupException {
        Path path = Path.of(file);
        if (!path.isAbsolute()) {
            throw wrong(file, "give an absolute path");
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.stream().anyMatch(OTHERS::contains)) {
                throw wrong(file, "others can read or write it; chmod 600 it");
            }
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > MOST_BYTES) {
                throw wrong(file, "it is no file of at most " + MOST_BYTES + " bytes");
            }
            return parse(file, Files.readString(path));
        } catch (IOException e) {
            throw wrong(file, "it can't be read: " + e.getClass().getSimpleName());
        }
    }

    static ChapAccount parse(String file, String text) throws BackupException {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().map(String::strip).filter(one -> !one.isEmpty() && !one.startsWith("#")).toList()) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            if (!KEYS.contains(key) || values.put(key, line.substring(equals + 1).strip()) != null) {
                throw wrong(file, "write each of user, secret, targetUser and targetSecret at most once, as \"user = NAME\"");
            }
        }
        ChapAccount account = new ChapAccount(values.getOrDefault("user", ""), values.getOrDefault("secret", ""), values.getOrDefault("targetUser", ""),
                values.getOrDefault("targetSecret", ""));
        if (!isName(account.user) || !isSecret(account.secret)) {
            throw wrong(file, "it needs a user, and a secret of " + LEAST + " to " + MOST + " visible characters of ASCII");
        }
        if (account.targetUser.isEmpty() != account.targetSecret.isEmpty() || account.isMutual() && (!isName(account.targetUser) || !isSecret(account.targetSecret))) {
            throw wrong(file, "give both targetUser and targetSecret, the latter of " + LEAST + " to " + MOST + " characters, or none of them");
        }
        if (account.secret.equals(account.targetSecret)) {
            throw wrong(file, "the target must have another secret than this host: else it could let this host answer its own question");
        }
        return account;
    }

    private static boolean isName(String text) {
        return text.length() >= 1 && text.length() <= MOST && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static boolean isSecret(String text) {
        return text.length() >= LEAST && isName(text);
    }

    private static BackupException wrong(String file, String why) {
        return BackupException.operator("setting.chapFile", file, "the setting chapFile = " + file + " will not do: " + why);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "CHAP as " + user + (isMutual() ? ", target as " + targetUser : "");
    }
}
