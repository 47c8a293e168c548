package org.azekura.server.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.server.Budget;
import org.azekura.api.server.MonthlyUse;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Edition;
import org.azekura.server.host.Hosts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks storage nodes from time to time what their devices have carried, keeps it, and says which have used up their budget. So long a device may carry on behind that. Thread-safe.
 */
public final class BudgetKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BudgetKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final CatalogStore catalog;
    private final Hosts hosts;
    private final Supplier<Instant> now;
    private final Consumer<List<MonthlyUse>> spent;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param spent told after each look of all whose budget is used up; must not block */
    public BudgetKeeper(CatalogStore catalog, Hosts hosts, Supplier<Instant> now, Consumer<List<MonthlyUse>> spent) {
        this.catalog = catalog;
        this.hosts = hosts;
        this.now = now;
        this.spent = spent;
    }

    /** Says what is known, and begins to look. */
    public void open() throws BackupException {
        judge();
        Thread.ofVirtual().name("server-budgets").start(this::run);
    }

    private void run() {
        try {
            do {
                try {
                    round();
                } catch (BackupException | RuntimeException e) {
                    log.warn("what devices have carried can't be looked up now: {}", e.getMessage());
                }
            } while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look. */
    void round() throws BackupException {
        for (ConnectedNode node : List.copyOf(hosts.nodes())) {
            look(node.name(), () -> months(node));
        }
        judge();
    }

    /** What a node is asked. */
    @FunctionalInterface
    interface Question {
        List<DeviceAnswer.MonthFound> ask() throws BackupException;
    }

    /** A node that does not answer, is older than the question, or answers what nobody understands, has carried what was known: the budgets of others don't hang on it. */
    void look(NodeName node, Question question) {
        try {
            note(node, question.ask());
        } catch (BackupException e) {
            log.debug("node={} does not say what its devices have carried: {}", node, e.getMessage());
        } catch (RuntimeException e) {
            log.warn("node={} what it says that its devices have carried can't be taken", node, e);
        }
    }

    private static List<DeviceAnswer.MonthFound> months(ConnectedNode node) throws BackupException {
        return node.ask(new DeviceOrder.ReadUse(), DeviceAnswer.UseFound.class, ANSWER).months();
    }

    private static boolean isSound(NodeName node, DeviceAnswer.MonthFound found) {
        if (UseBook.isSound(found)) {
            return true;
        }
        log.warn("device={} of node={} what it is said to have carried makes no sense, and is left: {}", found.device(), node, found);
        return false;
    }

    /** What a node said, as far as it makes sense; nothing is written that is known. */
    void note(NodeName node, List<DeviceAnswer.MonthFound> said) throws BackupException {
        List<DeviceAnswer.MonthFound> months = said.stream().filter(found -> isSound(node, found)).toList();
        if (catalog.read(view -> UseBook.isKnown(view, node, months))) {
            return;
        }
        catalog.write(edit -> {
            for (DeviceAnswer.MonthFound found : months) {
                UseBook.note(edit, node, found);
            }
            UseBook.tidy(edit, now.get());
            return null;
        });
    }

    /** Of this month. */
    public List<MonthlyUse> uses() throws BackupException {
        return catalog.read(view -> UseBook.of(view, now.get()));
    }

    private void judge() throws BackupException {
        spent.accept(uses().stream().filter(MonthlyUse::isSpent).toList());
    }

    /** After its node was asked. @throws BackupException {@code budget.uncounted} */
    public MonthlyUse use(NodeName node, DeviceName device) throws BackupException {
        note(node, months(hosts.node(node)));
        return find(node, device);
    }

    private MonthlyUse find(NodeName node, DeviceName device) throws BackupException {
        return uses().stream().filter(use -> use.node().equals(node) && use.device().equals(device)).findFirst()
                .orElseThrow(() -> BackupException.operator("budget.uncounted", device.value(), "what device " + device + " of storage node " + node
                        + " carries is not counted: its driver tells nothing; budgets are for devices far away, as s3 and sftp serve them"));
    }

    /** In force at once. @throws BackupException {@code budget.uncounted} */
    public MonthlyUse put(NodeName node, DeviceName device, Budget budget) throws BackupException {
        use(node, device);
        catalog.write(edit -> {
            UseBook.put(edit, node, device, budget);
            Edition.next(edit);
            return null;
        });
        log.info("device={} of node={} has the monthly budget {}", device, node, budget);
        judge();
        return find(node, device);
    }

    /** A device that nobody has any more. */
    public void forget(NodeName node, DeviceName device) throws BackupException {
        catalog.write(edit -> {
            UseBook.forget(edit, node, device);
            return null;
        });
        judge();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
