package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.Ticket;
import org.azekura.storagenode.job.Allowances;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    private static final ClientName WEB = new ClientName("web");

    private final Allowances allowances = new Allowances();

    /** A job's share, opened by a ticket when the catalog has this much. */
    private Allowances.Share share(long quota, long inCatalog) {
        Allowances.Share share = allowances.share(WEB);
        share.renew(ticket(quota, inCatalog));
        return share;
    }

    private static Ticket ticket(long quota, long inCatalog) {
        return TestTickets.bounded(TestTickets.ticket(new JobId(1), new PoolName("p"), WEB, new TrustGroup(1, 1), true), quota, quota < 0 ? -1 : quota - inCatalog);
    }

    private static void assertFull(Allowances.Share share, long bytes) {
        assertRefused("quota.exceeded", () -> share.take(bytes));
    }

    @Test
    void aJobTakesWhatIsLeftAndNotAByteMore() throws Exception {
        Allowances.Share share = share(100, 30);
        share.take(69);
        assertFull(share, 2);
        share.take(1);
        BackupException refusal = assertRefused("quota.exceeded", () -> share.take(1));
        assertTrue(refusal.getMessage().contains("(100 bytes)") && refusal.getMessage().contains("client quota web"), refusal.getMessage());
    }

    @Test
    void withoutAQuotaThereIsNoBound() throws Exception {
        Allowances.Share share = share(-1, 30);
        share.take(Long.MAX_VALUE / 2);
        share.take(Long.MAX_VALUE / 2);
    }

    @Test
    void jobsOfOneOwnerShareAndThoseOfOthersDoNot() throws Exception {
        Allowances.Share one = share(100, 0);
        one.take(60);
        try (Allowances.Share two = share(100, 0)) {
            assertFull(two, 41);
            two.take(40);
            assertFull(one, 1);
        }
        one.take(40);
        assertFull(one, 1);
        allowances.share(new ClientName("db")).take(1000);
    }

    @Test
    void whatIsInTheCatalogIsCountedOnce() throws Exception {
        Allowances.Share one = share(100, 0);
        one.take(50);
        one.settle(53, 50);
        assertFull(one, 48);
        try (Allowances.Share two = share(100, 53)) {
            assertFull(two, 48);
            two.take(47);
            assertFull(one, 1);
        }
        assertFull(one, 48);
        one.take(47);
    }

    @Test
    void anEndedJobGivesBackWhatIsNotInTheCatalog() throws Exception {
        Allowances.Share lasting = share(100, 0);
        Allowances.Share ending = share(100, 0);
        ending.take(70);
        ending.settle(20, 20);
        ending.close();
        ending.close();
        ending.settle(50, 50);
        assertFull(lasting, 81);
        lasting.take(80);
        lasting.close();
        try (Allowances.Share full = share(100, 100)) {
            assertFull(full, 1);
        }
        share(100, 0).take(100);
    }

    /** Two that begin at once: the second's ticket was made before what the first has stored was in the catalog. */
    @Test
    void aTicketThatWasMadeEarlierGivesNoMore() throws Exception {
        Allowances.Share one = share(100, 0);
        one.take(60);
        one.settle(60, 60);
        Allowances.Share two = share(100, 0);
        assertFull(two, 41);
        two.take(40);
    }

    @Test
    void aNewerTicketCountsForAllJobs() throws Exception {
        Allowances.Share one = share(100, 0);
        one.take(90);
        Allowances.Share two = share(50, 0);
        assertFull(one, 1);
        assertFull(two, 1);
        one.renew(ticket(-1, 0));
        two.take(1000);
    }
}
