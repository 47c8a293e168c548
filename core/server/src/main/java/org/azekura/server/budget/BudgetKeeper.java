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

    /** One look. A node that does not answer, or is older than the question, has carried what was known. */
    void round() throws BackupException {
        for (ConnectedNode node : List.copyOf(hosts.nodes())) {
            try {
                ask(node);
            } catch (BackupException e) {
                log.debug("node={} does not say what its devices have carried: {}", node.name(), e.getMessage());
            }
        }
        judge();
    }

    private void ask(ConnectedNode node) throws BackupException {
        note(node.name(), node.ask(new DeviceOrder.ReadUse(), DeviceAnswer.UseFound.class, ANSWER).months());
    }

    /** What a node said; nothing is written that is known. */
    void note(NodeName node, List<DeviceAnswer.MonthFound> months) throws BackupException {
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
        ask(hosts.node(node));
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
