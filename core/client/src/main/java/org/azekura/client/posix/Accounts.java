package org.azekura.client.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Names of users and groups by number. Asked once each, because the answer may come from a directory service. One thread at a time. */
public final class Accounts {

    private static final int MAX_CACHED = 10_000;
    private static final int BUFFER_BYTES = 64 << 10;

    private final Map<Integer, String> users = new HashMap<>();
    private final Map<Integer, String> groups = new HashMap<>();

    /** The number of the user this process acts as. */
    public static int self() {
        return Libc.geteuid();
    }

    /** The number of the group this process acts as. */
    public static int ownGroup() {
        return Libc.getegid();
    }

    /** Empty if the user has no name. */
    public String user(int uid) {
        return cached(users, false, uid);
    }

    /** Empty if the group has no name. */
    public String group(int gid) {
        return cached(groups, true, gid);
    }

    private static String cached(Map<Integer, String> names, boolean group, int id) {
        String known = names.get(id);
        if (known == null) {
            known = ask(group, id);
            if (names.size() < MAX_CACHED) {
                names.put(id, known);
            }
        }
        return known;
    }

    private static String ask(boolean group, int id) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment structure = arena.allocate(64, 8);
            MemorySegment buffer = arena.allocate(BUFFER_BYTES);
            MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
            int error = Libc.account(group, id, structure, buffer, result);
            if (error != 0 || result.get(ValueLayout.ADDRESS, 0).address() == 0) {
                return "";
            }
            return Libc.string(structure.get(ValueLayout.ADDRESS, 0), BUFFER_BYTES).getString(0, StandardCharsets.UTF_8);
        }
    }
}
