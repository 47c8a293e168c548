package org.azekura.server.alert;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.Alerts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all that know of alerts, and keeps in the catalog which there are: so one that is there before and after a restart came once. An alert comes when two
 * looks in a row have seen it, and goes when two have not: what is gone for a moment, as a host that dials anew, is told to nobody. Thread-safe.
 */
public final class AlertBoard implements Alerts, AutoCloseable {

    static final Duration EVERY = Duration.ofSeconds(20);

    private static final Logger log = LoggerFactory.getLogger(AlertBoard.class);

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final List<AlertSource> sources = new CopyOnWriteArrayList<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("alerts").factory());
    private Set<Alert.Key> before = Set.of();

    public AlertBoard(CatalogStore catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    public void add(AlertSource source) {
        sources.add(source);
    }

    public void remove(AlertSource source) {
        sources.remove(source);
    }

    /** Looks every {@link #EVERY} from now on. */
    public void open() {
        looking.scheduleWithFixedDelay(this::lookQuietly, 1, EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public List<Alert> now() throws BackupException {
        Map<Alert.Key, Alert> known = known();
        return List.copyOf(seen(known).values());
    }

    private Map<Alert.Key, Alert> known() throws BackupException {
        return byKey(catalog.read(CatalogView::alerts));
    }

    private static Map<Alert.Key, Alert> byKey(List<Alert> alerts) {
        Map<Alert.Key, Alert> all = new LinkedHashMap<>();
        alerts.forEach(alert -> all.put(alert.key(), alert));
        return all;
    }

    /** In the order of those that know them. */
    private Map<Alert.Key, Alert> seen(Map<Alert.Key, Alert> known) throws BackupException {
        List<Alert> all = new ArrayList<>();
        for (AlertSource source : sources) {
            all.addAll(source.alerts());
        }
        Map<Alert.Key, Alert> seen = byKey(all);
        seen.replaceAll((key, alert) -> alert.since(known.containsKey(key) ? known.get(key).since() : clock.instant()));
        return seen;
    }

    private void lookQuietly() {
        try {
            look();
        } catch (BackupException | RuntimeException e) {
            log.warn("what needs a look could not be looked at: {}", e.getMessage());
        }
    }

    /** One look. If one that knows can't say, nothing comes or goes. */
    synchronized void look() throws BackupException {
        Map<Alert.Key, Alert> known = known();
        Map<Alert.Key, Alert> seen = seen(known);
        List<Change> changes = new ArrayList<>();
        List<Alert> changed = new ArrayList<>();
        seen.forEach((key, alert) -> {
            if (known.containsKey(key)) {
                if (!known.get(key).equals(alert)) {
                    changed.add(alert);
                }
            } else if (before.contains(key)) {
                changes.add(new Change(alert, true));
            }
        });
        known.values().stream().filter(alert -> !seen.containsKey(alert.key()) && !before.contains(alert.key())).forEach(alert -> changes.add(new Change(alert, false)));
        keep(changes, changed);
        before = Set.copyOf(seen.keySet());
        changes.forEach(this::tell);
    }

    private void keep(List<Change> changes, List<Alert> changed) throws BackupException {
        if (changes.isEmpty() && changed.isEmpty()) {
            return;
        }
        catalog.write(edit -> {
            for (Alert alert : changed) {
                edit.putAlert(alert);
            }
            for (Change change : changes) {
                if (change.came()) {
                    edit.putAlert(change.alert());
                } else {
                    edit.deleteAlert(change.alert().key());
                }
            }
            return null;
        });
    }

    private void tell(Change change) {
        log.info("alert={} {}={} {}: {}", change.alert().code(), change.alert().subject().kind(), change.alert().subject().name(), change.came() ? "came" : "went",
                change.alert().text());
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                log.warn("a listener to alerts failed", e);
            }
        }
    }

    @Override
    public AutoCloseable watch(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends with the look that goes on. */
    @Override
    public void close() {
        looking.shutdownNow();
    }
}
