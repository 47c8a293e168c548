package org.azekura.rest.firmware;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.server.DataDisks;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Data disks of this machine, and the sets that are made of them. */
public final class DiskRoutes {

    private final DataDisks disks;

    public DiskRoutes(DataDisks disks) {
        this.disks = disks;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("appliance/disks").needs(Right.READ).says("Whole disks of this machine, and the disk sets that there are").answers(State.class).aboutAll()
                        .by(call -> Reply.ok(State.of(disks.state()))),
                Route.post("appliance/disks").needs(Right.ADMINISTER).says("Makes a disk set of some disks and mounts it").answers(201, Row.class).takes(Order.class, this::make),
                Route.post("appliance/disks/{set}/attach").needs(Right.ADMINISTER).says("Mounts a disk set that an earlier appliance has made; nothing is erased").answers(Row.class)
                        .by(call -> Reply.ok(Row.of(disks.attach(call.place("set"))))));
    }

    private Reply make(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null || order.level == null || order.disks == null || order.disks.contains(null) || order.erase != null && order.erase.contains(null)) {
            throw Refusal.badRequest("request.value", "", "the fields \"name\", \"level\" and \"disks\" are needed; \"disks\" and \"erase\" name disks, like [\"sdb\", \"sdc\"]");
        }
        Row row = Row.of(disks.make(new DataDisks.Order(order.name, order.level, order.disks, order.erase == null ? List.of() : order.erase)));
        return Reply.made(201, "appliance/disks", row);
    }

    /**
     * @param level single, mirror, raid6, raid10
     * @param disks by name or serial number
     * @param erase those of them whose content is to go; null: none
     */
    private record Order(String name, String level, List<String> disks, List<String> erase) {}

    private record State(List<DataDisks.Disk> disks, List<Row> sets) {

        static State of(DataDisks.State state) {
            return new State(state.disks(), state.sets().stream().map(Row::of).toList());
        }
    }

    /** @param state whole, degraded, missing, unmounted, found */
    private record Row(String name, String state, String level, long bytes, List<String> disks, int lacks, String folder) {

        static Row of(DataDisks.DiskSet set) {
            return new Row(set.name(), set.condition().word(), set.level(), set.bytes(), set.disks(), set.lacks(), set.folder());
        }
    }
}
