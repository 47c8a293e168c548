package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.Passkey;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.User;

/** Who may do what, and what was done. */
final class AccessRows {

    static final Table USERS = new Table("user_account", 1, 0, "name", "role", "clients", "password", "once", "disabled", "factor_required", "factor", "factor_step",
            "recovery", "made", "seen");
    static final Table TOKENS = new Table("api_token", 1, 0, "name", "role", "clients", "hash", "made", "made_by", "expires", "used");
    static final Table PASSKEYS = new Table("passkey", 1, 0, "id", "\"user\"", "name", "host", "credential", "key", "counter", "synced", "made", "used");
    static final Table AUDIT = new Table("audit", 1, 0, "number", "time", "machine", "who", "origin", "operation", "object", "outcome", "hash");

    private AccessRows() {}

    static User user(Row row) throws SQLException {
        return new User(row.text(1, UserName::new), row.word(2, Role.class), words(row.text(3), ClientName::new), row.text(4), row.flag(5), row.flag(6),
                new SecondFactor(row.flag(7), row.text(8), row.number(9), words(row.text(10), Function.identity())), row.instant(11), row.instant(12));
    }

    static void put(Sql sql, User u) throws BackupException {
        SecondFactor factor = u.factor();
        sql.update(USERS.put(), u.name(), u.role().name(), words(u.clients()), u.password(), u.once(), u.disabled(), factor.required(), factor.secret(), factor.step(),
                words(factor.recovery()), u.made(), u.seen());
    }

    static ApiToken token(Row row) throws SQLException {
        return new ApiToken(row.text(1, TokenName::new), row.word(2, Role.class), words(row.text(3), ClientName::new), row.bytes(4), row.instant(5), row.text(6),
                row.instant(7), row.instant(8));
    }

    static void put(Sql sql, ApiToken t) throws BackupException {
        sql.update(TOKENS.put(), t.name(), t.role().name(), words(t.clients()), t.hash(), t.made(), t.by(), t.expires(), t.used());
    }

    static Passkey passkey(Row row) throws SQLException {
        return new Passkey(row.text(1), row.text(2, UserName::new), row.text(3), row.text(4), row.bytes(5), row.bytes(6), row.number(7), row.flag(8), row.instant(9),
                row.instant(10));
    }

    static void put(Sql sql, Passkey p) throws BackupException {
        sql.update(PASSKEYS.put(), p.id(), p.user(), p.name(), p.host(), p.credential(), p.key(), p.counter(), p.synced(), p.made(), p.used());
    }

    static AuditEntry entry(Row row) throws SQLException {
        return new AuditEntry(row.number(1), row.instant(2), row.instant(3), row.text(4), row.text(5), row.text(6), row.text(7), row.text(8), row.bytes(9));
    }

    /** The triggers of the table let nobody delete a line unless this setting is there: so no other statement does by mistake. */
    static void lift(Sql sql, long above) throws BackupException {
        sql.update("INSERT INTO setting (name, value) VALUES ('audit.lifting', '')");
        sql.update("DELETE FROM audit WHERE number > ?", above);
        sql.update("DELETE FROM setting WHERE name = 'audit.lifting'");
    }

    static void add(Sql sql, AuditEntry e) throws BackupException {
        sql.update("INSERT INTO audit (number, time, machine, who, origin, operation, object, outcome, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                e.number(), e.time(), e.machine(), e.who(), e.from(), e.operation(), e.object(), e.outcome(), e.hash());
    }

    /** Names and hashes have no spaces. */
    private static <T> Set<T> words(String text, Function<String, T> make) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).map(make).collect(Collectors.toSet());
    }

    private static String words(Collection<?> words) {
        return String.join(" ", words.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new)));
    }
}
