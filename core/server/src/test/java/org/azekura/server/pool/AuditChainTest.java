package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditEntry;
import org.junit.jupiter.api.Test;

class AuditChainTest {

    private static final PoolName MAIN = new PoolName("main");

    /** @param branch of which history its lines are */
    private static AuditChain.Link link(long first, long last, String branch) {
        return new AuditChain.Link(first, first == 1 ? AuditChain.hex(AuditEntry.beginning()) : branch + (first - 1), last, branch + last, MAIN, 0);
    }

    private static String of(AuditChain.Link... links) {
        List<AuditChain.Link> shuffled = new ArrayList<>(List.of(links));
        Collections.shuffle(shuffled, new Random(8));
        AuditChain chain = AuditChain.of(shuffled);
        return chain.links().stream().map(link -> link.first() + "-" + link.last()).toList() + " " + chain.gaps();
    }

    @Test
    void segmentsComeInTheOrderOfTheLog() {
        assertEquals("[1-3, 4-4, 5-9] []", of(link(5, 9, "a"), link(1, 3, "a"), link(4, 4, "a")));
        assertEquals("[] []", of());
    }

    @Test
    void oneThatWasCutOffAndWrittenAgainWithMoreCountsOnce() {
        assertEquals("[1-9, 10-12] []", of(link(1, 3, "a"), link(1, 9, "a"), link(10, 12, "a"), link(1, 9, "a")));
    }

    @Test
    void theLongestOfTwoHistoriesCounts() {
        AuditChain.Link fork = new AuditChain.Link(4, "a3", 9, "b9", MAIN, 0);
        assertEquals("[1-3, 4-5, 6-20] []", of(link(1, 3, "a"), fork, link(4, 5, "a"), link(6, 20, "a")));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertEquals("[1-3, 5-9, 20-21] [line 4 is on no medium that was read, lines 10 to 19 are on no medium that was read]", of(link(5, 9, "a"), link(1, 3, "a"), link(20, 21, "a")));
        assertEquals("[4-5] [lines 1 to 3 are on no medium that was read]", of(link(4, 5, "a")));
    }

    @Test
    void whatDoesNotFollowIsNamed() {
        assertEquals("[1-3, 4-9] [line 4 does not follow from the one before]", of(link(1, 3, "a"), new AuditChain.Link(4, "other", 9, "a9", MAIN, 0)));
    }
}
