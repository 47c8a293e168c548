package org.azekura.server.pool;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.engine.volume.ConfigurationItem;

/** Compares the audit log of this catalog with what media say how far it went: the log itself is not on them. */
public final class RevivedAudit {

    private RevivedAudit() {}

    /**
     * Has whoever looks at the log be told what media say, if it has not that line.
     *
     * @return the same for people, empty if nothing is missing
     */
    public static Optional<String> compare(CatalogEdit edit, Collection<RevivedConfiguration.Found> all) throws BackupException {
        Optional<AuditHead> said = all.stream().flatMap(found -> found.items().stream()).filter(ConfigurationItem.AuditLine.class::isInstance)
                .map(ConfigurationItem.AuditLine.class::cast).max(Comparator.comparingLong(ConfigurationItem.AuditLine::number))
                .map(line -> new AuditHead(line.number(), line.hash()));
        if (said.isEmpty() || said.get().isIn(edit)) {
            return Optional.empty();
        }
        if (AuditHead.written(edit).map(AuditHead::number).orElse(0L) < said.get().number()) {
            said.get().noteWritten(edit);
        }
        long last = edit.audit(Long.MAX_VALUE, 1).stream().mapToLong(line -> line.number()).findFirst().orElse(0);
        return Optional.of("the audit log here ends at line " + last + " and is not the one that media know, which had " + said.get().number()
                + " lines; \"azekura audit verify\" tells it from now on");
    }
}
