package org.azekura.engine.volume;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;
import org.azekura.api.TrustGroup;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of configuration in a checkpoint. */
final class ConfigurationForm {

    private static final int EDITION = 0;
    private static final int POOL = 1;
    private static final int CLIENT = 2;
    private static final int ADDRESS = 3;
    private static final int SAVE_SET = 4;
    private static final int POLICY = 5;
    private static final int PATH_KEY = 6;
    private static final int POLICY_TERMS = 7;
    private static final int LOCK = 8;
    private static final int PIN = 9;
    private static final int AUDIT = 10;
    private static final int MAX_NAME = 63;
    private static final int MAX_TEXT = 4096;
    private static final int MAX_ADDRESS = 1024;
    private static final int MAX_KEY = 4096;
    private static final int MAX_SEALED = 1 << 20;
    private static final long DAY_ns = 86_400_000_000_000L;
    private static final List<Rule.Kind> RULES = List.of(Rule.Kind.GLOB, Rule.Kind.REGEX, Rule.Kind.LARGER, Rule.Kind.MARKER);

    private ConfigurationForm() {}

    static void write(ConfigurationItem item, ByteOutput out) {
        switch (item) {
            case ConfigurationItem.AuditLine a -> {
                out.u8(AUDIT);
                out.uint(a.number());
                out.raw(a.hash());
            }
            case ConfigurationItem.Edition e -> {
                out.u8(EDITION);
                out.uint(e.number());
            }
            case ConfigurationItem.PoolSettings p -> {
                out.u8(POOL);
                out.text(p.name().value());
                out.uint(p.livePercent());
                text(p.group(), out);
                out.uint(p.patience());
            }
            case ConfigurationItem.ClientSettings c -> {
                out.u8(CLIENT);
                out.text(c.name().value());
                out.raw(c.trustGroup().bytes());
                out.sint(c.quota());
                text(c.pool(), out);
                text(c.group(), out);
                out.uint(c.limits().size());
                c.limits().forEach(limit -> write(limit, out));
            }
            case ConfigurationItem.HostAddress a -> {
                out.u8(ADDRESS);
                out.text(a.peer());
                out.text(a.address());
            }
            case ConfigurationItem.PathKey k -> {
                out.u8(PATH_KEY);
                out.block(k.sealedKey());
            }
            case ConfigurationItem.KeptSet s -> {
                out.raw(clear(s));
                out.block(s.sealed());
            }
            case ConfigurationItem.KeptPolicy p -> {
                out.u8(POLICY);
                out.text(p.name().value());
                out.text(p.pool().value());
                out.uint(p.saveSets().size());
                for (SaveSetId set : p.saveSets()) {
                    out.text(set.client().value());
                    out.text(set.name().value());
                }
                out.uint(p.copyTo().size());
                p.copyTo().forEach(pool -> out.text(pool.value()));
            }
            case ConfigurationItem.PolicyTerms t -> {
                out.u8(POLICY_TERMS);
                out.text(t.name().value());
                write(t.timing(), out);
                out.text(t.keep().text());
            }
            case ConfigurationItem.PoolLock l -> {
                out.u8(LOCK);
                out.text(l.name().value());
                out.uint(l.seconds());
            }
            case ConfigurationItem.PinnedSnapshot p -> {
                out.u8(PIN);
                out.raw(p.snapshot().bytes());
                out.time(p.since());
                out.flag(p.until() != null);
                if (p.until() != null) {
                    out.time(p.until());
                }
                out.text(p.why());
            }
        }
    }

    private static void write(Timing t, ByteOutput out) {
        out.text(t.schedule());
        out.text(t.zone());
        out.uint(t.blackouts().size());
        t.blackouts().forEach(out::text);
        out.flag(t.leaveOut());
        out.flag(t.catchUp());
        out.uint(t.priority());
        out.uint(t.atOnce());
        out.uint(t.spread().toSeconds());
        out.uint(t.retries());
        out.uint(t.retryAfter().toSeconds());
        out.flag(t.enabled());
    }

    private static Timing timing(ByteInput in) throws BackupException {
        return new Timing(in.text(MAX_TEXT, "schedule"), in.text(MAX_NAME, "zone"), list(in, "blackouts", each -> each.text(MAX_TEXT, "blackout")), in.flag("leave out"),
                in.flag("catch up"), (int) in.uint(Timing.MAX_PRIORITY, "priority"), (int) in.uint(Timing.MAX_AT_ONCE, "at once"), seconds(in, "spread"),
                (int) in.uint(Timing.MAX_RETRIES, "retries"), seconds(in, "retry after"), in.flag("enabled"));
    }

    private static Duration seconds(ByteInput in, String what) throws BackupException {
        return Duration.ofSeconds(in.uint(Timing.MAX_WAIT.toSeconds(), what));
    }

    private static void write(Bandwidth limit, ByteOutput out) {
        out.uint(limit.perSecond());
        out.flag(limit.from() != null);
        if (limit.from() != null) {
            out.uint(limit.from().toNanoOfDay());
            out.uint(limit.to().toNanoOfDay());
        }
    }

    /** All of a save set that everybody may read; what is sealed is bound to it. */
    static byte[] clear(ConfigurationItem.KeptSet set) {
        ByteOutput out = new ByteOutput(256);
        out.u8(SAVE_SET);
        out.text(set.client().value());
        text(set.via(), out);
        out.text(set.name().value());
        out.flag(set.oneFileSystem());
        text(set.hooks().pre(), out);
        text(set.hooks().post(), out);
        text(set.hooks().dump(), out);
        return out.toBytes();
    }

    /** What is sealed of a save set. */
    static byte[] paths(SaveSet set) {
        ByteOutput out = new ByteOutput(1024);
        out.uint(set.roots().size());
        set.roots().forEach(root -> out.block(root.bytes()));
        out.uint(set.rules().size());
        for (Rule rule : set.rules()) {
            out.flag(rule.include());
            out.u8(RULES.indexOf(rule.kind()));
            out.text(rule.value());
        }
        return out.toBytes();
    }

    /** @throws BackupException {@code checkpoint.corrupt} */
    static SaveSet saveSet(SaveSetName name, boolean oneFileSystem, byte[] paths) throws BackupException {
        ByteInput in = new ByteInput(paths, CheckpointForm.CORRUPT, "paths of save set " + name);
        List<RawPath> roots = list(in, "paths", each -> new RawPath(each.block(each.remaining(), "path")));
        List<Rule> rules = list(in, "rules", ConfigurationForm::rule);
        in.end("paths");
        return new SaveSet(name, roots, rules, oneFileSystem);
    }

    /** A name, which is never empty, or nothing. */
    private static void text(Object name, ByteOutput out) {
        out.text(name == null ? "" : name.toString());
    }

    /** @throws IllegalArgumentException if the parts do not make one */
    static ConfigurationItem read(ByteInput in) throws BackupException {
        int kind = in.u8("kind of configuration");
        return switch (kind) {
            case EDITION -> new ConfigurationItem.Edition(in.uint(Long.MAX_VALUE, "edition"));
            case POOL -> new ConfigurationItem.PoolSettings(name(in, "pool", PoolName::new), (int) in.uint(100, "live percent"),
                    absent(in, "group", PoolGroup::new), (int) in.uint(Integer.MAX_VALUE, "patience"));
            case CLIENT -> new ConfigurationItem.ClientSettings(name(in, "client", ClientName::new),
                    TrustGroup.read(ByteBuffer.wrap(in.raw(TrustGroup.BYTES, "trust group"))), in.sint("quota"), absent(in, "pool", PoolName::new),
                    absent(in, "group", PoolGroup::new), list(in, "limits", ConfigurationForm::limit));
            case ADDRESS -> new ConfigurationItem.HostAddress(in.text(MAX_ADDRESS, "peer"), in.text(MAX_ADDRESS, "address"));
            case SAVE_SET -> new ConfigurationItem.KeptSet(name(in, "client", ClientName::new), absent(in, "via", ClientName::new),
                    name(in, "save set", SaveSetName::new), in.flag("one file system"), new Hooks(absent(in, "pre", HookName::new),
                    absent(in, "post", HookName::new), absent(in, "dump", HookName::new)), in.block(MAX_SEALED, "sealed paths"));
            case PATH_KEY -> new ConfigurationItem.PathKey(in.block(MAX_KEY, "sealed key"));
            case POLICY -> new ConfigurationItem.KeptPolicy(name(in, "policy", PolicyName::new), name(in, "pool", PoolName::new),
                    list(in, "save sets", each -> new SaveSetId(name(each, "client", ClientName::new), name(each, "save set", SaveSetName::new))),
                    list(in, "copies", each -> name(each, "pool", PoolName::new)));
            case POLICY_TERMS -> new ConfigurationItem.PolicyTerms(name(in, "policy", PolicyName::new), timing(in), Keep.parse(in.text(MAX_TEXT, "keep")));
            case LOCK -> new ConfigurationItem.PoolLock(name(in, "pool", PoolName::new), in.uint(Long.MAX_VALUE, "lock"));
            case PIN -> new ConfigurationItem.PinnedSnapshot(SnapshotId.read(ByteBuffer.wrap(in.raw(SnapshotId.BYTES, "snapshot"))), in.time("since"),
                    in.flag("until") ? in.time("until") : null, in.text(MAX_TEXT, "why"));
            case AUDIT -> new ConfigurationItem.AuditLine(in.uint(Long.MAX_VALUE, "line"), in.raw(ConfigurationItem.AuditLine.BYTES, "hash"));
            default -> throw in.corrupt("configuration of kind " + kind + ", expected 0 to " + AUDIT);
        };
    }

    private static Bandwidth limit(ByteInput in) throws BackupException {
        long perSecond = in.uint(Long.MAX_VALUE, "bytes a second");
        return in.flag("hours") ? new Bandwidth(perSecond, hour(in, "begin"), hour(in, "end")) : new Bandwidth(perSecond);
    }

    private static LocalTime hour(ByteInput in, String what) throws BackupException {
        return LocalTime.ofNanoOfDay(in.uint(DAY_ns - 1, what));
    }

    private static Rule rule(ByteInput in) throws BackupException {
        boolean include = in.flag("include");
        int kind = in.u8("kind of rule");
        if (kind >= RULES.size()) {
            throw in.corrupt("rule of kind " + kind + ", expected 0 to " + (RULES.size() - 1));
        }
        return new Rule(include, RULES.get(kind), in.text(in.remaining(), "rule"));
    }

    private static <T> T name(ByteInput in, String what, Function<String, T> make) throws BackupException {
        return make.apply(in.text(MAX_NAME, what));
    }

    private static <T> T absent(ByteInput in, String what, Function<String, T> make) throws BackupException {
        String text = in.text(MAX_NAME, what);
        return text.isEmpty() ? null : make.apply(text);
    }

    private interface Part<T> {
        T read(ByteInput in) throws BackupException;
    }

    private static <T> List<T> list(ByteInput in, String what, Part<T> part) throws BackupException {
        int count = in.count(1, "number of " + what);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(part.read(in));
        }
        return list;
    }
}
