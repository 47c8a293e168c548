package org.azekura.server.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogEdit;

/**
 * Puts the lines that came from media into the log, and those that this home has written meanwhile behind them, under other numbers. Between them comes a line that says so, with the hash that the
 * last of the moved ones had: whoever noted that can make it anew from what they say, for nothing else of them changes. One thread; of one transaction.
 *
 * @param problems gets what does not follow
 */
record AuditSeam(CatalogEdit edit, List<String> problems) {

    private static final int PAGE = 1000;

    /** Gives the lines of a segment. */
    interface Lines {
        List<AuditEntry> of(AuditChain.Link link) throws BackupException;
    }

    void put(AuditChain chain, Lines lines) throws BackupException {
        long common = common(chain);
        if (chain.links().isEmpty() || chain.head().number() <= common) {
            return;
        }
        List<AuditEntry> own = above(common);
        Optional<AuditHead> written = AuditHead.written(edit);
        edit.liftAudit(common);
        byte[] before = edit.audit(common + 1, 1).stream().findFirst().map(AuditEntry::hash).orElse(AuditEntry.beginning());
        for (AuditChain.Link link : chain.links()) {
            for (AuditEntry line : link.last() <= common ? List.<AuditEntry>of() : lines.of(link)) {
                // Where the first of a segment does not follow the chain has named it.
                if (line.number() > link.first() && !line.follows(before)) {
                    problems.add("line " + line.number() + " does not follow from the one before");
                }
                edit.addAudit(line);
                before = line.hash();
            }
        }
        AuditEntry last = seam(chain.head(), own);
        edit.addAudit(last);
        for (AuditEntry line : own) {
            last = line.behind(last.number() + 1, last.hash());
            edit.addAudit(last);
            if (written.isPresent() && written.get().equals(new AuditHead(line.number(), line.hash()))) {
                new AuditHead(last.number(), last.hash()).noteWritten(edit);
            }
        }
    }

    /** Up to where the log has what media have. */
    private long common(AuditChain chain) throws BackupException {
        long common = 0;
        for (AuditChain.Link link : chain.links()) {
            if (link.first() == common + 1 && link.head().isIn(edit)) {
                common = link.last();
            }
        }
        return common;
    }

    private List<AuditEntry> above(long number) throws BackupException {
        List<AuditEntry> newestFirst = new ArrayList<>();
        for (long below = Long.MAX_VALUE;;) {
            List<AuditEntry> page = edit.audit(below, PAGE);
            page.stream().filter(line -> line.number() > number).forEach(newestFirst::add);
            if (page.isEmpty() || page.getLast().number() <= number) {
                return newestFirst.reversed();
            }
            below = page.getLast().number();
        }
    }

    private static AuditEntry seam(AuditHead head, List<AuditEntry> own) {
        Instant now = Instant.now();
        String text = "lines up to " + head.number() + " are back from media; " + (own.isEmpty() ? "none of this home" : own.size() + " of this home, which ended with "
                + AuditChain.hex(own.getLast().hash())) + " behind them";
        return new AuditEntry(0, own.isEmpty() ? now : own.getLast().time(), now, "appliance", "", "audit.revived", text, "done", null).behind(head.number() + 1, head.hash());
    }
}
