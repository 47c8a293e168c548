package org.azekura.server.pool;

import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.Answer;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionJudgeTest {

    private static final PoolName MAIN = new PoolName("main");
    private static final TrustGroup OURS = Rows.client("web").trustGroup();
    private static final TrustGroup THEIRS = new TrustGroup(2, 2);

    @TempDir
    Path home;

    private static SessionId id(int session) {
        return Rows.session(session, "main").id();
    }

    private static PackAnswer.SessionOwner owner(int session, TrustGroup group) {
        return new PackAnswer.SessionOwner(id(session), group);
    }

    private static Snapshot snapshot(int number, int session) {
        Snapshot row = Rows.snapshot(number, "main", "web", "etc");
        byte[] manifest = new Manifest(row.id(), row.job(), row.client(), row.saveSet(), MAIN, Rows.pool("main").chunkSizes(), 3, row.root(), null, row.started(), row.started(),
                1, 1, 1, id(session), new byte[1], new byte[1]).encoded();
        return with(row, "manifest", new SignedManifest(manifest, new byte[64], new byte[44], row.received()).encoded());
    }

    @Test
    void believesSnapshotsAndThenPacksThatAgree() throws Exception {
        try (OneNode node = new OneNode(home)) {
            node.catalog().write(edit -> {
                edit.putPool(Rows.pool("main"));
                edit.putClient(Rows.client("web"));
                for (int number = 1; number <= 5; number++) {
                    edit.putSession(new Session(id(number), MAIN, new byte[1], number == 4 ? OURS : null));
                }
                edit.putSnapshot(snapshot(1, 5));
                edit.putSnapshot(with(snapshot(2, 3), "manifest", new byte[] {1}));
                return null;
            });
            node.answers = order -> order instanceof PackOrder.FindSessions
                    ? new PackAnswer.SessionOwners(List.of(owner(1, THEIRS), owner(2, OURS), owner(2, THEIRS), owner(4, THEIRS), owner(5, THEIRS))) : new Answer.Done();
            new SessionJudge(node.catalog(), node.node()).judge(MAIN);
            List<TrustGroup> groups = new ArrayList<>();
            for (int number = 1; number <= 5; number++) {
                SessionId session = id(number);
                groups.add(node.catalog().read(view -> view.session(session)).orElseThrow().group());
            }
            assertEquals(Arrays.asList(THEIRS, null, null, OURS, OURS), groups);
        }
    }
}
