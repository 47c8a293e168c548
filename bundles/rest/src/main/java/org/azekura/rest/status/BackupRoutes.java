package org.azekura.rest.status;

import java.util.List;
import org.azekura.api.access.Right;
import org.azekura.api.server.Appliance;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** The appliance's own backup: how far its configuration and catalog are on media. */
public final class BackupRoutes {

    private final Appliance appliance;

    public BackupRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("appliance/backup").needs(Right.READ).says("How far configuration and catalog are on each pool's media, and what a rebuild has left").aboutAll()
                        .answers(Row.class).by(call -> Reply.ok(Row.of(appliance.backup()))),
                Route.post("appliance/backup").needs(Right.OPERATE).says("Writes them where they are not; waits for that").answers(Row.class)
                        .by(call -> Reply.ok(Row.of(appliance.backUp()))),
                Route.post("appliance/backup/forget").needs(Right.ADMINISTER).says("Names no more what a rebuild has left").answers(Row.class)
                        .by(call -> Reply.ok(Row.of(appliance.forgetLeft()))));
    }

    /**
     * @param written null: never
     * @param current whether it says all that was laid down
     * @param problem why not; empty if it does, or will soon
     */
    private record PoolRow(String pool, String node, String written, boolean current, String problem) {

        static PoolRow of(Appliance.Saved saved) {
            return new PoolRow(saved.pool().value(), saved.node().value(), Json.time(saved.written()), saved.current(), saved.problem());
        }
    }

    /** @param kind user, target, sso or device @param command that puts it in force */
    private record LeftRow(String kind, String name, String what, String command) {

        static LeftRow of(Appliance.Left left) {
            return new LeftRow(left.kind(), left.name(), left.what(), left.command());
        }
    }

    /** @param newest null: nothing was ever written */
    private record Row(List<PoolRow> pools, String newest, List<LeftRow> left) {

        static Row of(Appliance.Backup backup) {
            return new Row(backup.pools().stream().map(PoolRow::of).toList(), Json.time(backup.newest()), backup.left().stream().map(LeftRow::of).toList());
        }
    }

    /**
     * In a few figures.
     *
     * @param pools   that have media
     * @param current of these, whose media say all that was laid down
     * @param newest  null: nothing was ever written
     */
    record Figures(int pools, int current, String newest) {

        static Figures of(Appliance.Backup backup) {
            return new Figures(backup.pools().size(), (int) backup.pools().stream().filter(Appliance.Saved::current).count(), Json.time(backup.newest()));
        }
    }
}
