package org.azekura.rest.status;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.access.Caller;

/**
 * Who may fetch the catalog, once each. A file can't be the answer of a dangerous act: that is kept until who asked comes back for it, and a file is not. So what waits for another person is leave to fetch
 * it. Kept in memory: after a restart leave is asked for anew. For any number of threads.
 */
final class ExportLeaves {

    static final Duration HOLDS = Duration.ofDays(1);
    private static final int MOST = 100;

    private final Map<String, Leave> leaves = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    private record Leave(String who, Instant until) {}

    ExportLeaves(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws BackupException {@code catalog.leave} if too many were given, and not used */
    String give(Caller to) throws BackupException {
        Instant now = clock.instant();
        leaves.values().removeIf(leave -> !leave.until.isAfter(now));
        if (leaves.size() >= MOST) {
            throw BackupException.operator("catalog.leave", "", MOST + " leaves to fetch the catalog were given and not used; use one, or wait until they end");
        }
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        String word = HexFormat.of().formatHex(bits);
        leaves.put(word, new Leave(to.name(), now.plus(HOLDS)));
        return word;
    }

    /** @throws BackupException {@code catalog.leave} if it was not given, to him, or was used */
    void use(String word, Caller by) throws BackupException {
        Leave leave = word == null ? null : leaves.get(word);
        if (leave == null || !leave.who.equals(by.name()) || !leave.until.isAfter(clock.instant()) || !leaves.remove(word, leave)) {
            throw BackupException.operator("catalog.leave", "", "there is no such leave to fetch the catalog, or it was used; POST catalog/export gives one");
        }
    }
}
