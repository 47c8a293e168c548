package org.azekura.engine.volume;

import java.nio.ByteBuffer;
import java.time.LocalTime;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of configuration in a checkpoint. */
final class ConfigurationForm {

    private static final int EDITION = 0;
    private static final int POOL = 1;
    private static final int CLIENT = 2;
    private static final int ADDRESS = 3;
    static final int SAVE_SET = 4;
    private static final int POLICY = 5;
    private static final int PATH_KEY = 6;
    private static final int POLICY_TERMS = 7;
    private static final int LOCK = 8;
    private static final int PIN = 9;
    private static final int AUDIT = 10;
    private static final int PLANNED_DRILL = 11;
    private static final int PROVEN = 12;
    private static final int ACCOUNT = 13;
    private static final int FORMER_CALLER = 14;
    private static final int PERSONS = 15;
    private static final int HIDDEN = 16;
    private static final int LOCK_MODE = 17;
    private static final String COMPLIANCE = "compliance";
    private static final String GOVERNANCE = "governance";
    private static final int MAX_ADDRESS = 1024;
    private static final int MAX_CALLER = 256;
    private static final int MAX_KEY = 4096;
    static final int MAX_SEALED = 1 << 20;
    private static final long DAY_ns = 86_400_000_000_000L;

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
                Parts.text(p.group(), out);
                out.uint(p.patience());
            }
            case ConfigurationItem.ClientSettings c -> {
                out.u8(CLIENT);
                out.text(c.name().value());
                out.raw(c.trustGroup().bytes());
                out.sint(c.quota());
                Parts.text(c.pool(), out);
                Parts.text(c.group(), out);
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
                out.raw(SaveSetForm.clear(s));
                out.block(s.sealed());
            }
            case ConfigurationItem.KeptPolicy p -> {
                out.u8(POLICY);
                out.text(p.name().value());
                out.text(p.pool().value());
                out.uint(p.saveSets().size());
                p.saveSets().forEach(set -> Parts.write(set, out));
                Parts.texts(p.copyTo(), out);
            }
            case ConfigurationItem.PolicyTerms t -> {
                out.u8(POLICY_TERMS);
                out.text(t.name().value());
                Parts.write(t.timing(), out);
                out.text(t.keep().text());
            }
            case ConfigurationItem.PoolLock l -> {
                out.u8(LOCK);
                out.text(l.name().value());
                out.uint(l.seconds());
            }
            case ConfigurationItem.PoolLockMode m -> {
                out.u8(LOCK_MODE);
                out.text(m.name().value());
                out.text(m.compliance() ? COMPLIANCE : GOVERNANCE);
            }
            case ConfigurationItem.PinnedSnapshot p -> {
                out.u8(PIN);
                out.raw(p.snapshot().bytes());
                out.time(p.since());
                Parts.write(p.until(), out);
                out.text(p.why());
            }
            case ConfigurationItem.Hidden h -> {
                out.raw(hidden());
                out.block(h.sealed());
            }
            case DrillItem.PlannedDrill p -> {
                out.u8(PLANNED_DRILL);
                DrillForm.write(p, out);
            }
            case DrillItem.Proven p -> {
                out.u8(PROVEN);
                DrillForm.write(p, out);
            }
            case AccessItem.Account a -> {
                out.u8(ACCOUNT);
                AccessForm.write(a, out);
            }
            case AccessItem.FormerCaller f -> {
                out.u8(FORMER_CALLER);
                out.text(f.name());
                out.text(f.person());
            }
            case AccessItem.PersonsRule r -> {
                out.u8(PERSONS);
                out.uint(r.persons());
                out.uint(r.delay_s());
            }
        }
    }

    /** What everybody may read of something that is sealed whole: only that it is there. */
    static byte[] hidden() {
        return new byte[] {HIDDEN};
    }

    private static void write(Bandwidth limit, ByteOutput out) {
        out.uint(limit.perSecond());
        out.flag(limit.from() != null);
        if (limit.from() != null) {
            out.uint(limit.from().toNanoOfDay());
            out.uint(limit.to().toNanoOfDay());
        }
    }

    /** @throws IllegalArgumentException if the parts do not make one */
    static ConfigurationItem read(ByteInput in) throws BackupException {
        int kind = in.u8("kind of configuration");
        return switch (kind) {
            case EDITION -> new ConfigurationItem.Edition(in.uint(Long.MAX_VALUE, "edition"));
            case POOL -> new ConfigurationItem.PoolSettings(Parts.name(in, "pool", PoolName::new), (int) in.uint(100, "live percent"),
                    Parts.absent(in, "group", PoolGroup::new), (int) in.uint(Integer.MAX_VALUE, "patience"));
            case CLIENT -> new ConfigurationItem.ClientSettings(Parts.name(in, "client", ClientName::new),
                    TrustGroup.read(ByteBuffer.wrap(in.raw(TrustGroup.BYTES, "trust group"))), in.sint("quota"), Parts.absent(in, "pool", PoolName::new),
                    Parts.absent(in, "group", PoolGroup::new), Parts.list(in, "limits", ConfigurationForm::limit));
            case ADDRESS -> new ConfigurationItem.HostAddress(in.text(MAX_ADDRESS, "peer"), in.text(MAX_ADDRESS, "address"));
            case SAVE_SET -> SaveSetForm.kept(in);
            case PATH_KEY -> new ConfigurationItem.PathKey(in.block(MAX_KEY, "sealed key"));
            case POLICY -> new ConfigurationItem.KeptPolicy(Parts.name(in, "policy", PolicyName::new), Parts.name(in, "pool", PoolName::new),
                    Parts.list(in, "save sets", Parts::saveSet),
                    Parts.list(in, "copies", each -> Parts.name(each, "pool", PoolName::new)));
            case POLICY_TERMS -> new ConfigurationItem.PolicyTerms(Parts.name(in, "policy", PolicyName::new), Parts.timing(in), Keep.parse(in.text(Parts.MAX_TEXT, "keep")));
            case LOCK -> new ConfigurationItem.PoolLock(Parts.name(in, "pool", PoolName::new), in.uint(Long.MAX_VALUE, "lock"));
            case PIN -> new ConfigurationItem.PinnedSnapshot(Parts.snapshot(in), in.time("since"), Parts.time(in, "until"),
                     in.text(Parts.MAX_TEXT, "why"));
            case AUDIT -> new ConfigurationItem.AuditLine(in.uint(Long.MAX_VALUE, "line"), in.raw(ConfigurationItem.AuditLine.BYTES, "hash"));
            case PLANNED_DRILL -> DrillForm.planned(in);
            case PROVEN -> DrillForm.proven(in);
            case ACCOUNT -> AccessForm.account(in);
            case FORMER_CALLER -> new AccessItem.FormerCaller(in.text(MAX_CALLER, "caller"), in.text(MAX_CALLER, "person"));
            case PERSONS -> new AccessItem.PersonsRule((int) in.uint(2, "persons"), in.uint(Integer.MAX_VALUE, "delay"));
            case HIDDEN -> new ConfigurationItem.Hidden(in.block(MAX_SEALED, "what is sealed"));
            case LOCK_MODE -> new ConfigurationItem.PoolLockMode(Parts.name(in, "pool", PoolName::new), compliance(in));
            default -> throw in.corrupt("configuration of kind " + kind + ", expected 0 to " + LOCK_MODE);
        };
    }

    private static Bandwidth limit(ByteInput in) throws BackupException {
        long perSecond = in.uint(Long.MAX_VALUE, "bytes a second");
        return in.flag("hours") ? new Bandwidth(perSecond, hour(in, "begin"), hour(in, "end")) : new Bandwidth(perSecond);
    }

    private static LocalTime hour(ByteInput in, String what) throws BackupException {
        return LocalTime.ofNanoOfDay(in.uint(DAY_ns - 1, what));
    }

    private static boolean compliance(ByteInput in) throws BackupException {
        String mode = in.text(Parts.MAX_NAME, "mode");
        if (!mode.equals(COMPLIANCE) && !mode.equals(GOVERNANCE)) {
            throw in.corrupt("a lock's mode that is not known");
        }
        return mode.equals(COMPLIANCE);
    }
}
