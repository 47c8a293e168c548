package org.azekura.notify;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.TargetName;
import org.azekura.api.access.Seal;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Notifications.Wanted;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;

/** All of the bundle over a real catalog, with a clock that the test turns and receivers that take what it says. */
final class Desk implements AutoCloseable {

    static final TargetName OPS = new TargetName("ops");
    static final Map<String, String> MAIL = Map.of("host", "127.0.0.1", "from", "azekura@example.com", "to", "ops@example.com", "security", "none");

    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    /** Why nobody takes anything; null: everybody does. */
    BackupException refusal;
    /** Receivers of tests are on loopback. */
    boolean localWebhooks = true;
    final List<Way.Parcel> sent = new ArrayList<>();
    final List<String> to = new ArrayList<>();
    private final CatalogDoor door;
    final Ways ways = new Ways(new Turned(), () -> now, () -> localWebhooks);
    final Outbox outbox;
    final Courier courier;
    final TargetDesk targets;

    Desk(Path home) {
        door = CatalogDoor.of(home);
        outbox = new Outbox(door.catalog(), () -> now, new Happened(new CatalogJobs()));
        courier = new Courier(outbox, target -> parcel -> take(target, parcel), new Courier.Letters("vault1", () -> "https://vault1:8443"));
        targets = new TargetDesk(door.catalog(), () -> now, ways, outbox, courier);
    }

    private String take(NoticeTarget target, Way.Parcel parcel) throws BackupException {
        if (refusal != null) {
            throw refusal;
        }
        sent.add(parcel);
        to.add(target.name().value());
        return "250 ok";
    }

    /** A key that is enough to see what lies where. */
    private static final class Turned implements Seal {

        @Override
        public String seal(byte[] secret, String of) {
            byte[] turned = secret.clone();
            for (int i = 0; i < turned.length; i++) {
                turned[i] ^= 0x55;
            }
            return Base64.getEncoder().encodeToString(turned);
        }

        @Override
        public byte[] open(String sealed, String of) {
            return Base64.getDecoder().decode(seal(Base64.getDecoder().decode(sealed), of));
        }
    }

    NoticeTarget target(String name, String quiet, Map<String, List<String>> match) throws BackupException {
        return targets.create(new TargetName(name), NoticeTarget.Kind.MAIL, new Wanted(null, null, MAIL, null, match, quiet));
    }

    void put(Job job) throws BackupException {
        door.catalog().write(edit -> {
            edit.putJob(job);
            return null;
        });
    }

    /** A job that runs, and then is in this state. */
    void becomes(long id, Job.State state, String error) throws BackupException {
        Job job = Rows.job(id, Job.State.RUNNING);
        put(job);
        put(new Job(job.id(), job.kind(), state, job.client(), job.pool(), job.started(), state.ended() ? now : null, 0, 0, error, null, 1, null, job.policy(), job.order(), null));
    }

    void fails(long... ids) throws BackupException {
        for (long id : ids) {
            becomes(id, Job.State.FAILED, "no cartridge <b>fits</b>");
        }
    }

    /** So long goes by, and the courier goes round. */
    void after(Duration time) throws BackupException {
        now = now.plus(time);
        courier.round();
    }

    List<Notice> waiting() throws BackupException {
        return door.catalog().read(view -> view.notices(null, 10_000));
    }

    CatalogDoor door() {
        return door;
    }

    @Override
    public void close() {
        door.close();
    }

    /** As far as they are looked at here. */
    private final class CatalogJobs implements Jobs {

        private final Map<JobId, JobOrder> orders = new HashMap<>();

        @Override
        public Job get(JobId id) throws BackupException {
            Optional<Job> found = door.catalog().read((CatalogView view) -> view.job(id));
            return found.orElseThrow(() -> BackupException.operator("job.unknown", id.toString(), "there is no job " + id));
        }

        @Override
        public JobOrder order(JobId id) throws BackupException {
            if (!orders.containsKey(id)) {
                throw BackupException.corrupt("job.order", id.toString(), "it is of another version");
            }
            return orders.get(id);
        }

        @Override
        public Job submit(JobOrder order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Job> list(boolean unendedOnly) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<JobResult> result(JobId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<JobLine> log(JobId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Job cancel(JobId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Job resume(JobId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public JobProgress progress(JobId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AutoCloseable watch(Consumer<JobProgress> listener) {
            return () -> {};
        }
    }
}
