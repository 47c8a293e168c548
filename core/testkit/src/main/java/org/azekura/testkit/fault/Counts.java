package org.azekura.testkit.fault;

import java.util.EnumMap;
import java.util.Map;

/** What was asked of a device: for budgets. Thread-safe. */
public final class Counts {

    private final Map<Call, Long> calls = new EnumMap<>(Call.class);
    private final Map<Call, Long> bytes = new EnumMap<>(Call.class);

    synchronized void add(Call call, long moved) {
        calls.merge(call, 1L, Long::sum);
        bytes.merge(call, moved, Long::sum);
    }

    /** Calls of this kind, failed ones too. */
    public synchronized long calls(Call call) {
        return calls.getOrDefault(call, 0L);
    }

    /** Bytes that calls of this kind moved. */
    public synchronized long bytes(Call call) {
        return bytes.getOrDefault(call, 0L);
    }

    /** Times the device had to make something durable: commits and deletes. */
    public long syncs() {
        return calls(Call.COMMIT) + calls(Call.DELETE);
    }
}
