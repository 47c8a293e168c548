package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.catalog.HostContact;
import org.azekura.api.catalog.Invitation;
import org.azekura.api.identity.HostRole;

/** Hosts that have joined or may join. */
final class HostRows {

    static final Table CERTIFICATES = new Table("certificate", 1, 0, "serial", "names", "since", "until", "replaced", "revoked");
    static final Table INVITATIONS = new Table("invitation", 1, 0, "id", "role", "name", "code_key", "expires", "holder");
    static final Table CONTACTS = new Table("contact", 1, 0, "peer", "last_seen");

    private HostRows() {}

    static HostCertificate certificate(Row row) throws SQLException {
        return new HostCertificate(row.text(1), List.of(row.text(2).split(" ")), row.instant(3), row.instant(4), row.instant(5), row.instant(6));
    }

    static void put(Sql sql, HostCertificate c) throws BackupException {
        sql.update(CERTIFICATES.put(), c.serial(), String.join(" ", c.names()), c.since(), c.until(), c.replaced(), c.revoked());
    }

    static Invitation invitation(Row row) throws SQLException {
        return new Invitation(row.text(1), row.text(2) == null ? null : row.word(2, HostRole.class), row.text(3), row.bytes(4), row.instant(5), row.bytes(6));
    }

    static void put(Sql sql, Invitation i) throws BackupException {
        sql.update(INVITATIONS.put(), i.id(), i.role() == null ? null : i.role().name(), i.name(), i.key(), i.expires(), i.holder());
    }

    static HostContact contact(Row row) throws SQLException {
        return new HostContact(row.text(1), row.instant(2));
    }

    static void put(Sql sql, HostContact c) throws BackupException {
        sql.update(CONTACTS.put(), c.peer(), c.lastSeen());
    }
}
