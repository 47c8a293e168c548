package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertEmpty;
import static org.azekura.testkit.catalog.Records.assertRow;
import static org.azekura.testkit.catalog.Records.assertRows;
import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.Passkey;
import org.azekura.api.catalog.Request;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.SignOn;
import org.azekura.api.catalog.User;
import org.junit.jupiter.api.Test;

/** {@link CatalogRowsContract}, and who may do what, and what was done. */
public interface AccessRowsContract extends CatalogRowsContract {

    User ANN = new User(new UserName("ann"), Role.ADMIN, Set.of(), "$argon2id$1", true, false, SecondFactor.NONE, Rows.TIME, null);
    User BOB = new User(new UserName("bob"), Role.RESTORER, Set.of(new ClientName("web"), new ClientName("db")), "$argon2id$2", false, true,
            new SecondFactor(true, "sealed", 57_000_000, Set.of("aa", "bb")), Rows.TIME, Rows.TIME.plusNanos(1));
    ApiToken REPORT = new ApiToken(new TokenName("Report"), Role.AUDITOR, Set.of(), hash(1), Rows.TIME, "user ann", null, null);
    ApiToken RESTORES = new ApiToken(new TokenName("restores"), Role.RESTORER, Set.of(new ClientName("web")), hash(2), Rows.TIME, "home",
            Rows.TIME.plusSeconds(9), Rows.TIME.plusSeconds(1));

    private static byte[] hash(int first) {
        byte[] hash = new byte[32];
        hash[0] = (byte) first;
        return hash;
    }

    private static AuditEntry entry(int number) {
        return new AuditEntry(number, Rows.TIME.plusSeconds(number), Rows.TIME, "user ann", "192.0.2.7", "DELETE pools/*", "default", "done", hash(number));
    }

    @Test
    default void knowsNobodyAtFirst() throws Exception {
        assertRows(List.of(), read(CatalogView::users));
        assertRows(List.of(), read(CatalogView::tokens));
        assertRows(List.of(), read(view -> view.audit(Long.MAX_VALUE, 10)));
        assertEmpty(read(view -> view.user(ANN.name())));
        assertEmpty(read(view -> view.token(REPORT.hash())));
    }

    @Test
    default void keepsReplacesAndForgetsUsers() throws Exception {
        User later = ANN.with("$argon2id$3", false).with(BOB.factor()).seen(Rows.TIME);
        change(edit -> edit.putUser(BOB), edit -> edit.putUser(ANN), edit -> edit.putUser(later));
        assertRows(List.of(later, BOB), reopen().read(CatalogView::users));
        assertRow(BOB, read(view -> view.user(BOB.name())));
        change(edit -> edit.deleteUser(ANN.name()), edit -> edit.deleteUser(ANN.name()));
        assertRows(List.of(BOB), read(CatalogView::users));
    }

    @Test
    default void keepsReplacesAndForgetsTokens() throws Exception {
        ApiToken used = REPORT.used(Rows.TIME);
        change(edit -> edit.putToken(RESTORES), edit -> edit.putToken(REPORT), edit -> edit.putToken(used));
        assertRows(List.of(used, RESTORES), reopen().read(CatalogView::tokens));
        assertRow(RESTORES, read(view -> view.token(RESTORES.hash())));
        change(edit -> edit.deleteToken(REPORT.name()), edit -> edit.deleteToken(REPORT.name()));
        assertEmpty(read(view -> view.token(REPORT.hash())));
    }

    @Test
    default void keepsReplacesAndForgetsPasskeysWithTheirUser() throws Exception {
        Passkey phone = new Passkey("00ff", ANN.name(), "Ann's phone", "vault", new byte[] {1}, new byte[] {2, 3}, 0, true, Rows.TIME, null);
        Passkey laptop = new Passkey("00aa", ANN.name(), "laptop", "vault", new byte[] {4}, new byte[] {5}, 4_000_000_000L, false, Rows.TIME, Rows.TIME);
        change(edit -> edit.putUser(ANN), edit -> edit.putPasskey(laptop), edit -> edit.putPasskey(phone), edit -> edit.putPasskey(phone.used(7, Rows.TIME)), edit -> edit.putUser(ANN.seen(Rows.TIME)));
        assertRows(List.of(phone.used(7, Rows.TIME), laptop), reopen().read(view -> view.passkeys(ANN.name())));
        assertRow(laptop, read(view -> view.passkey(new byte[] {4})));
        assertThrows(BackupException.class, () -> change(edit -> edit.putPasskey(with(laptop, "id", "77"))));
        change(edit -> edit.deletePasskey("00ff"), edit -> edit.deletePasskey("00ff"));
        assertEmpty(read(view -> view.passkey(new byte[] {1})));
        change(edit -> edit.deleteUser(ANN.name()));
        assertEmpty(read(view -> view.passkey(new byte[] {4})));
    }

    @Test
    default void keepsReplacesAndForgetsTheProviderAndWhoCameByIt() throws Exception {
        SignOn one = new SignOn("Example Inc.", "https://id.example", "azekura", null, List.of(), "groups", List.of(), Set.of(), true);
        SignOn other = new SignOn("Other", "https://id.other", "vault", "sealed", List.of("email", "profile"), "realm.roles",
                List.of(new SignOn.Grant("backup admins", Role.ADMIN, Set.of()), new SignOn.Grant("web", Role.RESTORER, Set.of(new ClientName("web"), new ClientName("db")))),
                Set.of("a.example", "b.example"), false);
        change(edit -> edit.putSignOn(one));
        assertRow(one, read(CatalogView::signOn));
        change(edit -> edit.putSignOn(other));
        assertRow(other, reopen().read(CatalogView::signOn));
        Identity ann = new Identity("https://id.other", "4711", ANN.name(), "Ann Example", Rows.TIME);
        change(edit -> edit.putUser(ANN), edit -> edit.putIdentity(ann), edit -> edit.deleteSignOn(), edit -> edit.deleteSignOn());
        assertEmpty(read(CatalogView::signOn));
        assertRow(ann, read(view -> view.identity("https://id.other", "4711")));
        assertRow(ann, read(view -> view.identity(ANN.name())));
        change(edit -> edit.deleteUser(ANN.name()));
        assertEmpty(read(view -> view.identity("https://id.other", "4711")));
    }

    @Test
    default void refusesTwoTokensThatAreTheSame() throws Exception {
        change(edit -> edit.putToken(REPORT));
        assertThrows(BackupException.class, () -> change(edit -> edit.putToken(with(RESTORES, "hash", REPORT.hash()))));
    }

    @Test
    default void movesLinesOfTheAuditLogBehindOthers() throws Exception {
        change(edit -> edit.addAudit(entry(1)), edit -> edit.addAudit(entry(2)), edit -> edit.addAudit(entry(3)));
        change(edit -> edit.liftAudit(1));
        assertRows(List.of(entry(1)), reopen().read(view -> view.audit(Long.MAX_VALUE, 10)));
        change(edit -> edit.addAudit(entry(2)), edit -> edit.addAudit(entry(7)));
        assertRows(List.of(entry(7), entry(2), entry(1)), read(view -> view.audit(Long.MAX_VALUE, 10)));
        assertEmpty(read(view -> view.setting("audit.lifting")));
    }

    @Test
    default void addsToTheAuditLogAndShowsTheNewestFirst() throws Exception {
        for (int number : Arrays.asList(1, 2, 3)) {
            change(edit -> edit.addAudit(entry(number)));
        }
        assertRows(List.of(entry(3), entry(2), entry(1)), reopen().read(view -> view.audit(Long.MAX_VALUE, 10)));
        assertRows(List.of(entry(2)), read(view -> view.audit(3, 1)));
        assertThrows(BackupException.class, () -> change(edit -> edit.addAudit(with(entry(2), "outcome", "other"))));
        assertRows(List.of(entry(2)), read(view -> view.audit(3, 1)));
    }

    @Test
    default void keepsRequestsAndTheirSealedPartsOutOfLists() throws Exception {
        Request waits = new Request(1, Request.State.WAITING, "DELETE pools/{pool}", "default", "aa", "user ann", "192.0.2.7", Rows.TIME, 2, Duration.ofSeconds(7), null,
                Rows.TIME.plusSeconds(9), null, null, "sealed", null);
        Request ended = new Request(2, Request.State.FAILED, "POST rule", "", "bb", "user bob", "", Rows.TIME.plusSeconds(1), 1, Duration.ZERO, "user ann", Rows.TIME,
                Rows.TIME.plusSeconds(3), "why", "order", "answer");
        change(edit -> edit.putRequest(ended), edit -> edit.putRequest(waits.running()), edit -> edit.putRequest(waits));
        assertRow(waits, reopen().read(view -> view.request(1)));
        assertRow(ended, read(view -> view.request(2)));
        assertRows(List.of(with(waits, "order", null), with(with(ended, "order", null), "answer", null)), read(view -> view.requests(false)));
        assertRows(List.of(with(waits, "order", null)), read(view -> view.requests(true)));
        assertEmpty(read(view -> view.request(3)));
        assertThrows(BackupException.class, () -> change(edit -> edit.putRequest(with(waits, "order", null))));
    }
}
