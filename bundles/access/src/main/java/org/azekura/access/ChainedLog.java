package org.azekura.access;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.access.AuditLog;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;

/** The audit log in the catalog. */
final class ChainedLog implements AuditLog {

    private static final int PAGE = 1000;
    private static final int LONGEST = 1000;

    private final CatalogStore catalog;
    private final Supplier<Times> clock;

    ChainedLog(CatalogStore catalog, Supplier<Times> clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What two clocks say. */
    record Times(Instant retention, Instant machine) {}

    @Override
    public AuditEntry add(Act act) throws BackupException {
        Times now = now();
        return catalog.write(edit -> add(edit, now, act));
    }

    /** What a line says of the time; asked for outside of a transaction. */
    Times now() {
        return clock.get();
    }

    /** The same together with what the line is about: both are there, or neither. */
    AuditEntry add(CatalogEdit edit, Times now, Act act) throws BackupException {
        AuditEntry before = last(edit);
        AuditEntry entry = new AuditEntry(0, now.retention, now.machine, cut(act.who()), cut(act.from()), cut(act.operation()), cut(act.object()), cut(act.outcome()), null)
                .behind(before == null ? 1 : before.number() + 1, before == null ? AuditEntry.beginning() : before.hash());
        edit.addAudit(entry);
        return entry;
    }

    private static AuditEntry last(CatalogView view) throws BackupException {
        return view.audit(Long.MAX_VALUE, 1).stream().findFirst().orElse(null);
    }

    /** Whole characters, and none that a terminal or a browser would obey: controls, ends of lines, and those that turn the direction or are not seen. */
    private static String cut(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints().limit(LONGEST).map(c -> isShown(c) ? c : '\ufffd').forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public List<AuditEntry> page(long below, int limit) throws BackupException {
        return catalog.read(view -> view.audit(below, Math.min(limit, PAGE)));
    }

    @Override
    public Verdict verify() throws BackupException {
        long entries = 0;
        long broken = 0;
        String head = "";
        AuditEntry later = null;
        for (List<AuditEntry> page = page(Long.MAX_VALUE, PAGE); !page.isEmpty(); page = page(later.number(), PAGE)) {
            for (AuditEntry entry : page) {
                if (later == null) {
                    head = HexFormat.of().formatHex(entry.hash());
                } else if (!follows(entry, later)) {
                    broken = later.number();
                }
                later = entry;
                entries++;
            }
        }
        if (later != null && (later.number() != 1 || !later.follows(AuditEntry.beginning()))) {
            broken = later.number();
        }
        Optional<AuditHead> written = catalog.read(AuditHead::written);
        boolean cut = written.isPresent() && !catalog.read(written.get()::isIn);
        return new Verdict(entries, broken, head, written.map(AuditHead::number).orElse(0L), cut);
    }

    @Override
    public void accept() throws BackupException {
        catalog.write(edit -> {
            AuditEntry newest = last(edit);
            if (newest != null) {
                new AuditHead(newest.number(), newest.hash()).noteWritten(edit);
            }
            return null;
        });
    }

    private static boolean follows(AuditEntry before, AuditEntry entry) {
        return entry.number() == before.number() + 1 && entry.follows(before.hash());
    }
}
