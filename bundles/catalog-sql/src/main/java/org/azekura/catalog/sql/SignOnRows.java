package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.UserName;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.SignOn;

/** The provider that says who somebody is, and who came by it. */
final class SignOnRows {

    static final Table PROVIDER = new Table("sign_on", 1, 0, "number", "name", "issuer", "client", "secret", "scopes", "claim", "grants", "domains", "passwords");
    static final Table IDENTITIES = new Table("identity", 2, 0, "issuer", "subject", "\"user\"", "shown", "made");

    private SignOnRows() {}

    static SignOn provider(Row row) throws SQLException {
        return new SignOn(row.text(2), row.text(3), row.text(4), row.text(5), words(row.text(6)), row.text(7), row.text(8).lines().map(SignOnRows::grant).toList(),
                Set.copyOf(words(row.text(9))), row.flag(10));
    }

    static void put(Sql sql, SignOn p) throws BackupException {
        sql.update(PROVIDER.put(), 1, p.name(), p.issuer(), p.client(), p.secret(), String.join(" ", p.scopes()), p.claim(),
                p.grants().stream().map(SignOnRows::text).collect(Collectors.joining("\n")), String.join(" ", p.domains()), p.passwords());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /** One line: role, clients with commas between, value; the value comes last, for it may have spaces. */
    private static String text(SignOn.Grant grant) {
        return grant.role().name() + " " + grant.clients().stream().map(ClientName::value).sorted().collect(Collectors.joining(",")) + " " + grant.value();
    }

    private static SignOn.Grant grant(String line) {
        String[] parts = line.split(" ", 3);
        Set<ClientName> clients = parts[1].isEmpty() ? Set.of() : Set.of(parts[1].split(",")).stream().map(ClientName::new).collect(Collectors.toSet());
        return new SignOn.Grant(parts[2], Role.valueOf(parts[0]), clients);
    }

    static Identity identity(Row row) throws SQLException {
        return new Identity(row.text(1), row.text(2), row.text(3, UserName::new), row.text(4), row.instant(5));
    }

    static void put(Sql sql, Identity i) throws BackupException {
        sql.update(IDENTITIES.put(), i.issuer(), i.subject(), i.user(), i.shown(), i.made());
    }
}
