package org.azekura.engine.volume;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of what several kinds of configuration are made of. */
final class Parts {

    static final int MAX_NAME = 63;
    static final int MAX_TEXT = 4096;

    private Parts() {}

    interface Part<T> {
        T read(ByteInput in) throws BackupException;
    }

    /** A name, which is never empty, or nothing. */
    static void text(Object name, ByteOutput out) {
        out.text(name == null ? "" : name.toString());
    }

    static <T> T name(ByteInput in, String what, Function<String, T> make) throws BackupException {
        return make.apply(in.text(MAX_NAME, what));
    }

    static <T> T absent(ByteInput in, String what, Function<String, T> make) throws BackupException {
        String text = in.text(MAX_NAME, what);
        return text.isEmpty() ? null : make.apply(text);
    }

    static <T> List<T> list(ByteInput in, String what, Part<T> part) throws BackupException {
        int count = in.count(1, "number of " + what);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(part.read(in));
        }
        return list;
    }

    static void texts(Collection<?> texts, ByteOutput out) {
        out.uint(texts.size());
        texts.forEach(text -> out.text(text.toString()));
    }

    static List<String> texts(ByteInput in, String what) throws BackupException {
        return list(in, what, each -> each.text(MAX_TEXT, what));
    }

    static void texts(SortedMap<String, String> texts, ByteOutput out) {
        out.uint(texts.size());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            out.text(text.getKey());
            out.text(text.getValue());
        }
    }

    static SortedMap<String, String> map(ByteInput in, String what) throws BackupException {
        SortedMap<String, String> map = new TreeMap<>();
        for (int left = in.count(2, "number of " + what); left > 0; left--) {
            map.put(in.text(MAX_TEXT, what), in.text(MAX_TEXT, what));
        }
        return map;
    }

    static void write(SaveSetId set, ByteOutput out) {
        out.text(set.client().value());
        out.text(set.name().value());
    }

    static SaveSetId saveSet(ByteInput in) throws BackupException {
        return new SaveSetId(name(in, "client", ClientName::new), name(in, "save set", SaveSetName::new));
    }

    static SnapshotId snapshot(ByteInput in) throws BackupException {
        return SnapshotId.read(ByteBuffer.wrap(in.raw(SnapshotId.BYTES, "snapshot")));
    }

    static void write(Instant known, ByteOutput out) {
        out.flag(known != null);
        if (known != null) {
            out.time(known);
        }
    }

    static Instant time(ByteInput in, String what) throws BackupException {
        return in.flag(what) ? in.time(what) : null;
    }

    static void write(Timing t, ByteOutput out) {
        out.text(t.schedule());
        out.text(t.zone());
        texts(t.blackouts(), out);
        out.flag(t.leaveOut());
        out.flag(t.catchUp());
        out.uint(t.priority());
        out.uint(t.atOnce());
        out.uint(t.spread().toSeconds());
        out.uint(t.retries());
        out.uint(t.retryAfter().toSeconds());
        out.flag(t.enabled());
    }

    static Timing timing(ByteInput in) throws BackupException {
        return new Timing(in.text(MAX_TEXT, "schedule"), in.text(MAX_NAME, "zone"), texts(in, "blackouts"), in.flag("leave out"),
                in.flag("catch up"), (int) in.uint(Timing.MAX_PRIORITY, "priority"), (int) in.uint(Timing.MAX_AT_ONCE, "at once"), seconds(in, "spread"),
                (int) in.uint(Timing.MAX_RETRIES, "retries"), seconds(in, "retry after"), in.flag("enabled"));
    }

    private static Duration seconds(ByteInput in, String what) throws BackupException {
        return Duration.ofSeconds(in.uint(Timing.MAX_WAIT.toSeconds(), what));
    }
}
