package org.azekura.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.Publishers.DevelopmentMode;
import org.azekura.engine.seal.KeyRing;
import org.azekura.server.ApplianceDesk.Rooms;
import org.azekura.server.alert.DriveAlerts;
import org.azekura.server.media.KnownReserves;
import org.azekura.server.media.Reserve;

/** What needs a look in the rooms of the server. Thread-safe. */
final class StandingAlerts implements AlertSource {

    private final KnownReserves reserves = new KnownReserves();
    private final Rooms rooms;
    private final Supplier<String> firstPool;

    /** @param firstPool why the first pool could not be made, null if it was */
    StandingAlerts(Rooms rooms, Supplier<String> firstPool) {
        this.rooms = rooms;
        this.firstPool = firstPool;
    }

    @Override
    public List<Alert> alerts() throws BackupException {
        List<Alert> alerts = new ArrayList<>();
        for (Pool pool : rooms.pools().list()) {
            key(pool).ifPresent(alerts::add);
            medium(pool).ifPresent(alerts::add);
        }
        String advice = rooms.clock().state().advice();
        if (!advice.isEmpty()) {
            alerts.add(Alert.of("clock.unsure", Severity.WARNING, Subject.APPLIANCE, Map.of("why", advice), advice));
        }
        String problem = firstPool.get();
        if (problem != null) {
            alerts.add(Alert.of("pool.first.failed", Severity.ERROR, Subject.APPLIANCE, Map.of("why", problem), "the pool default could not be made: " + problem));
        }
        DevelopmentMode development = rooms.publishers().development();
        if (development.on()) {
            alerts.add(Alert.of("driver.development", Severity.WARNING, Subject.APPLIANCE, Map.of("since", String.valueOf(development.since()), "by", development.by()),
                    development.sentence() + "; end it with \"azekura driver trust development off\""));
        }
        rooms.pools().sets().offline().forEach((pool, why) -> alerts.add(Alert.of("pool.offline", Severity.ERROR, Subject.of("pool", pool), Map.of("pool", pool.toString(), "why", why),
                "pool " + pool + " can't be used: " + why)));
        alerts.addAll(rooms.jobs().hold().alerts());
        alerts.addAll(rooms.catalog().read(DriveAlerts::of));
        alerts.addAll(ParkedJobs.alerts(rooms.jobs().list(true)));
        return alerts;
    }

    private Optional<Alert> key(Pool pool) throws BackupException {
        Map<String, String> values = Map.of("pool", pool.name().value());
        if (!rooms.vault().canFill(pool)) {
            return Optional.of(Alert.of("pool.key.missing", Severity.ERROR, Subject.of("pool", pool.name()), values,
                    "no key of pool " + pool.name() + " is here: nothing can be saved or restored; run \"azekura key import FILE\""));
        }
        if (pool.keyExported() != null) {
            return Optional.empty();
        }
        boolean newer = KeyRing.parse(pool.keyRing()).epoch() > 1;
        String since = newer ? " was not exported since a new epoch began" : " was never exported";
        return Optional.of(Alert.of(newer ? "pool.key.outdated" : "pool.key.notexported", Severity.WARNING, Subject.of("pool", pool.name()), values,
                "the key of pool " + pool.name() + since + ": without it nothing can be read if this machine is lost;"
                        + " run \"azekura key export --pool " + pool.name() + " --to FILE\""));
    }

    private Optional<Alert> medium(Pool pool) throws BackupException {
        Map<String, String> values = new HashMap<>(Map.of("pool", pool.name().value(), "node", pool.node().value()));
        if (!rooms.hosts().isConnected(pool.node())) {
            return Optional.of(Alert.of("pool.node.away", Severity.ERROR, Subject.of("pool", pool.name()), values,
                    "storage node " + pool.node() + " of pool " + pool.name() + " is not connected"));
        }
        Pool open = rooms.pools().sets().open(pool);
        Optional<Reserve> reserve = reserves.of(pool.name(), () -> rooms.pools().media().reached(open, rooms.hosts().node(pool.node())));
        return reserve.map(left -> {
            values.put("free", Integer.toString(left.free()));
            return Alert.of("pool.reserve.reached", Severity.WARNING, Subject.of("pool", pool.name()), values, "pool " + pool.name() + ": " + left.words());
        });
    }
}
