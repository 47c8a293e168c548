package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.transport.Connection;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Reception;
import org.azekura.server.job.place.Destination;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.ProgressBoard;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaPools;
import org.azekura.server.pool.PoolVault;
import org.azekura.testkit.catalog.Rows;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which attempts are offered, with a real catalog, a client and a node elsewhere; and that an offer takes nothing from whom it concerns what was found on the way. */
@Timeout(300)
class OfferDeskTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final ApplianceId SELF = new ApplianceId(1, 2);
    private static final NodeName NODE = new NodeName("n1");
    private static final Pool POOL = new Pool(new PoolName("main"), NODE, new DeviceName("main"), "disk", ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0], Instant.EPOCH, null);
    private static final SaveSet SET = new SaveSet(new SaveSetName("set"), List.of(RawPath.of("/srv")), List.of(), false);

    @TempDir
    Path home;
    private final Hosts hosts = new Hosts();
    private final List<Offers.Offer> offered = new CopyOnWriteArrayList<>();
    private final JobRows rows = new JobRows(POOL);
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<FutureTask<Job>> running = new ArrayList<>();
    private CatalogDoor door;
    private Transports.Offer offer;
    private Conversation node;
    private Conversation client;
    private OfferDesk desk;
    private Stage stage;
    private volatile boolean anybody = true;
    /** The volume is gone. */
    private volatile boolean gone;
    /** The catalog is away for who finds out what was lost. */
    private volatile boolean away;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        CatalogStore catalog = door.catalog();
        catalog.write(edit -> {
            edit.putPool(POOL);
            return null;
        });
        LocalTransport transport = new LocalTransport();
        Reception reception = new Reception(() -> new Answer.Welcome(SELF, new byte[0], Instant.EPOCH), hosts, silent(Reception.Reports.class), silent(Reception.Admission.class),
                silent(Reception.Times.class));
        offer = new Transports(transport).offer("server", "server/s", connection -> reception.accept(elsewhere(connection)));
        node = new Conversation(transport.dial("server", "node/" + NODE, LONG), this::answer).start();
        node.ask(new NodeReport.Hello(NODE, List.of(), "0"), Answer.Welcome.class, LONG);
        client = new Conversation(transport.dial("server", "client/" + JobRows.CLIENT, LONG), message -> new Answer.Done()).start();
        client.ask(new ClientReport.Hello(JobRows.CLIENT, new byte[0], "0"), Answer.Welcome.class, LONG);
        PoolVault vault = new PoolVault(home.resolve("keys"), catalog);
        MediaPools pools = new MediaPools(SELF, NODE, catalog, hosts, vault, SigningKey.loadOrCreate(home.resolve("signing")), null);
        pools.open(hosts.node(NODE), (pool, where, missing) -> {
            throw new AssertionError(missing.toString());
        });
        CatalogStore breaks = new CatalogStore() {
            @Override
            public <T> T read(Query<T> query) throws BackupException {
                if (away) {
                    throw BackupException.device("catalog.io", "", "the database is restarted", null);
                }
                return catalog.read(query);
            }

            @Override
            public <T> T write(Change<T> change) throws BackupException {
                return catalog.write(change);
            }
        };
        stage = new Stage(SELF, breaks, hosts, pools, vault, null, NODE, null, null, null);
        desk = new OfferDesk(stage, () -> Optional.of(new Table()));
    }

    @AfterEach
    void close() throws Exception {
        over.countDown();
        for (FutureTask<Job> each : running) {
            each.get(2, TimeUnit.MINUTES);
        }
        client.close();
        node.close();
        offer.close();
        hosts.close();
        door.close();
    }

    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> null));
    }

    /** As one that comes from another machine. */
    private static Connection elsewhere(Connection connection) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class},
                (self, method, args) -> method.getName().equals("host") ? "192.0.2.7" : method.invoke(connection, args));
    }

    private Answer answer(Message order) throws BackupException {
        return switch (order) {
            case PoolOrder.OpenPool _ -> ready();
            case PoolOrder.RemakeVolume _ -> {
                gone = false;
                yield ready();
            }
            case PoolOrder.ReadPlace _ -> {
                if (gone) {
                    throw BackupException.operator("volume.unlabelled", "main", "there is no volume");
                }
                yield new PoolAnswer.PlaceFound("there");
            }
            case PackOrder.ListPacks _ -> new PackAnswer.PackList(List.of(), List.of());
            default -> new Answer.Done();
        };
    }

    private static PoolAnswer.VolumeReady ready() {
        return new PoolAnswer.VolumeReady(new VolumeId(-1, 3), "main-1", "/srv/main", 0, -1, null, List.of());
    }

    /** Another server is there, and takes nothing. */
    private final class Table implements Offers {

        @Override
        public boolean isAnybodyThere() {
            return anybody;
        }

        @Override
        public boolean put(Offer offer) {
            offered.add(offer);
            return false;
        }

        @Override
        public boolean withdraw(Offer offer) {
            return true;
        }

        @Override
        public Optional<Standing> look(Offer offer) {
            return Optional.empty();
        }

        @Override
        public void wish(Offer offer, Failure why) {}

        @Override
        public void remove(Offer offer) {}

        @Override
        public Optional<Offer> take(Predicate<Offer> wanted, Duration patience) {
            return Optional.empty();
        }

        @Override
        public Optional<Failure> tell(Offer offer, Progress progress) {
            return Optional.empty();
        }

        @Override
        public void end(Offer offer, End end) {}
    }

    /** What this server does itself lasts until the test is over. */
    private final class Own implements Run {

        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public Job carryOut() {
            begun.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        }

        @Override
        public void stop(BackupException why) {}

        @Override
        public ClientName client() {
            return JobRows.CLIENT;
        }
    }

    /** Begins a backup, and waits until it is carried out here. */
    private void begin(long id) throws Exception {
        JobOrder.Backup order = new JobOrder.Backup(JobRows.CLIENT, POOL.name(), SET, null, false);
        Client owner = rows.store().read(view -> view.client(JobRows.CLIENT)).orElseThrow();
        Job queued = new Job(new JobId(id), Job.Kind.BACKUP, Job.State.QUEUED, JobRows.CLIENT, POOL.name(), Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
        rows.store().write(edit -> {
            edit.putJob(queued);
            return null;
        });
        JobRecord record = new JobRecord(rows.store(), new ProgressBoard(), queued);
        record.running();
        Own own = new Own();
        Run run = desk.run(new Checked.Backup(order, owner, new Destination(stage, order, owner.name(), POOL, true)), record, own, false);
        FutureTask<Job> task = new FutureTask<>(run::carryOut);
        running.add(task);
        Thread.ofVirtual().start(task);
        assertTrue(own.begun.await(2, TimeUnit.MINUTES));
    }

    @Test
    void whatIsMoreHereThanElsewhereIsOfferedAndStaysIfNobodyTakesIt() throws Exception {
        begin(1);
        assertEquals(List.of(), offered, "the first stays");
        begin(2);
        assertEquals(List.of(new Offers.Offer(new JobId(2), 1, JobRows.CLIENT, NODE)), offered);
        anybody = false;
        begin(3);
        assertEquals(1, offered.size(), "nobody is there");
        anybody = true;
        begin(4);
        assertEquals(2, offered.size());
    }

    private void lose() throws Exception {
        Pack pack = Rows.pack(5, "main", 3);
        door.catalog().write(edit -> {
            edit.putPack(pack);
            return null;
        });
        gone = true;
    }

    private Optional<String> due() throws BackupException {
        return door.catalog().read(view -> view.setting("heal.due.main"));
    }

    @Test
    void whoLooksAfterTheVolumeForAnOfferTellsWhatItLost() throws Exception {
        begin(1);
        lose();
        begin(2);
        assertEquals(List.of(), offered, "whoever makes a volume anew goes on with it");
        assertTrue(due().isPresent());
    }

    @Test
    void whatWasLostAndCouldNotBeFoundOutStandsInTheLogOfTheJob() throws Exception {
        begin(1);
        lose();
        away = true;
        begin(2);
        assertTrue(due().isEmpty());
        List<JobLine> warned = rows.lines().stream().filter(line -> line.level() == JobLine.Level.WARN).toList();
        assertEquals(1, warned.size(), warned::toString);
        assertTrue(warned.getFirst().text().contains("\"azekura verify --pool main\""), warned::toString);
    }
}
