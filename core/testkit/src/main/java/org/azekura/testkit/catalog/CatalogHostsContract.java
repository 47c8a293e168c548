package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertEmpty;
import static org.azekura.testkit.catalog.Records.assertRow;
import static org.azekura.testkit.catalog.Records.assertRows;
import static org.azekura.testkit.catalog.Records.with;

import java.util.List;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.catalog.HostContact;
import org.azekura.api.catalog.Invitation;
import org.azekura.api.identity.HostRole;
import org.junit.jupiter.api.Test;

/** {@link CatalogRowsContract}, and hosts that have joined or may join. */
public interface CatalogHostsContract extends CatalogRowsContract {

    @Test
    default void knowsNoHostsAtFirst() throws Exception {
        assertRows(List.of(), read(CatalogView::certificates));
        assertRows(List.of(), read(CatalogView::invitations));
        assertRows(List.of(), read(CatalogView::contacts));
        assertEmpty(read(view -> view.invitation("7K2M")));
    }

    @Test
    default void keepsReplacesAndForgetsCertificates() throws Exception {
        HostCertificate first = new HostCertificate("1f", List.of("client/web1", "node/web1"), Rows.TIME, Rows.TIME.plusSeconds(1), null, null);
        HostCertificate ended = first.replaced(Rows.TIME.plusSeconds(2)).revoked(Rows.TIME.plusSeconds(3));
        HostCertificate second = with(first, "serial", "ab");
        change(edit -> edit.putCertificate(second), edit -> edit.putCertificate(first), edit -> edit.putCertificate(ended));
        assertRows(List.of(ended, second), read(CatalogView::certificates));
        assertRows(List.of(ended, second), reopen().read(CatalogView::certificates));
        change(edit -> edit.deleteCertificate("1f"), edit -> edit.deleteCertificate("1f"));
        assertRows(List.of(second), read(CatalogView::certificates));
    }

    @Test
    default void keepsReplacesAndForgetsInvitations() throws Exception {
        Invitation open = new Invitation("7K2M", null, null, new byte[32], Rows.TIME, null);
        Invitation named = with(with(with(open, "id", "0AAA"), "role", HostRole.NODE), "name", "n1");
        Invitation used = open.usedBy(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
            28, 29, 30, 31, -1});
        change(edit -> edit.putInvitation(open), edit -> edit.putInvitation(named), edit -> edit.putInvitation(used));
        assertRows(List.of(named, used), read(CatalogView::invitations));
        assertRow(used, reopen().read(view -> view.invitation("7K2M")));
        change(edit -> edit.deleteInvitation("7K2M"), edit -> edit.deleteInvitation("7K2M"));
        assertRows(List.of(named), read(CatalogView::invitations));
    }

    @Test
    default void keepsWhenAHostWasLastSeen() throws Exception {
        HostContact later = new HostContact("node/n1", Rows.TIME.plusNanos(1));
        HostContact other = new HostContact("client/n1", Rows.TIME);
        change(edit -> edit.putContact(new HostContact("node/n1", Rows.TIME)), edit -> edit.putContact(later), edit -> edit.putContact(other));
        assertRows(List.of(other, later), read(CatalogView::contacts));
    }
}
