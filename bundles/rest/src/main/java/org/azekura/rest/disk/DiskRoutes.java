package org.azekura.rest.disk;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.server.ApplianceDisks;
import org.azekura.api.server.DiskHealth;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Disks of this machine, how each is, and the sets that are made of them. */
public final class DiskRoutes {

    private final ApplianceDisks disks;

    public DiskRoutes(ApplianceDisks disks) {
        this.disks = disks;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("appliance/disks").needs(Right.READ).says("Whole disks of this machine with what they say of their health, and the disk sets that there are").answers(State.class).aboutAll()
                        .by(call -> Reply.ok(State.of(disks.state()))),
                Route.post("appliance/disks").needs(Right.ADMINISTER).says("Makes a disk set of some disks and mounts it").answers(201, Row.class).takes(Order.class, this::make),
                Route.post("appliance/disks/{set}/attach").needs(Right.ADMINISTER).says("Mounts a disk set that an earlier appliance has made; nothing is erased").answers(Row.class)
                        .by(call -> Reply.ok(Row.of(disks.attach(call.place("set"))))));
    }

    private Reply make(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null || order.level == null || order.disks == null || order.disks.contains(null) || order.erase != null && order.erase.contains(null)) {
            throw Refusal.badRequest("request.value", "", "the fields \"name\", \"level\" and \"disks\" are needed; \"disks\" and \"erase\" name disks, like [\"sdb\", \"sdc\"]");
        }
        Row row = Row.of(disks.make(new ApplianceDisks.Order(order.name, order.level, order.disks, order.erase == null ? List.of() : order.erase)));
        return Reply.made(201, "appliance/disks", row);
    }

    /**
     * @param level single, mirror, raid6, raid10
     * @param disks by name or serial number
     * @param erase those of them whose content is to go; null: none
     */
    private record Order(String name, String level, List<String> disks, List<String> erase) {}

    /** @param asked when disks were for their health; null if nobody has since the start */
    private record State(String asked, List<Disk> disks, List<Row> sets) {

        static State of(ApplianceDisks.State state) {
            return new State(state.asked() == null ? null : state.asked().toString(), state.disks().stream().map(Disk::of).toList(), state.sets().stream().map(Row::of).toList());
        }
    }

    /**
     * @param set    empty if it is in none
     * @param health null if it has said nothing
     */
    private record Disk(String name, String serial, String model, long bytes, String holds, String hindrance, String set, Health health) {

        static Disk of(ApplianceDisks.Disk disk) {
            return new Disk(disk.name(), disk.serial(), disk.model(), disk.bytes(), disk.holds(), disk.hindrance(), disk.set(), disk.health() == null ? null : Health.of(disk.health()));
        }
    }

    /**
     * @param verdict good, failing, unknown
     * @param worn    whether its life is over soon
     * @param erring  whether data on it are lost, or more are than were a month ago
     */
    private record Health(String device, String protocol, String verdict, Integer temperature, boolean hot, Long hours, Long pending, Long errors, long grown, boolean erring,
            Integer used, boolean worn) {

        static Health of(DiskHealth health) {
            return new Health(health.device(), health.protocol(), health.verdict().word(), health.temperature(), health.hot(), health.hours(), health.pending(), health.errors(),
                    health.grown(), health.erring(), health.used(), health.worn());
        }
    }

    /** @param state whole, degraded, missing, unmounted, found */
    private record Row(String name, String state, String level, long bytes, List<String> disks, int lacks, String folder) {

        static Row of(ApplianceDisks.DiskSet set) {
            return new Row(set.name(), set.condition().word(), set.level(), set.bytes(), set.disks(), set.lacks(), set.folder());
        }
    }
}
