package org.azekura.rest.firmware;

import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.driver.DriverInstaller.Unserved;
import org.azekura.api.server.Firmware;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** The firmware of this machine: what runs, an update, and the restart that it runs from. */
public final class FirmwareRoutes {

    private static final int BEGUN = 202;

    private final Firmware firmware;

    public FirmwareRoutes(Firmware firmware) {
        this.firmware = firmware;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("firmware").needs(Right.READ).says("The version that runs, both slots, and the update that was sent").answers(State.class).aboutAll()
                        .by(call -> Reply.ok(State.of(firmware.state()))),
                Route.post("firmware/updates").needs(Right.ADMINISTER).says("Looks an update through, which is the body, and keeps it if it may be installed")
                        .answers(201, Row.class).takesFile(Firmware.MAX_UPDATE, firmware::requireReady, this::take),
                Route.get("firmware/updates/{update}").needs(Right.READ).says("An update, and how far it is").answers(Row.class).aboutAll()
                        .by(call -> Reply.ok(Row.of(firmware.update(call.place("update"))))),
                Route.post("firmware/updates/{update}/install").needs(Right.ADMINISTER).says("Begins to write an update into the slot that does not run")
                        .answers(BEGUN, Row.class).takes(Order.class, this::install),
                Route.delete("firmware/updates/{update}").needs(Right.ADMINISTER).says("Forgets an update that is not being installed").answers(Row.class)
                        .by(this::drop),
                Route.post("appliance/restart").needs(Right.ADMINISTER).says("Starts the machine again; jobs are parked before and go on behind it, those that can't fail").answers(BEGUN, Restart.class)
                        .by(call -> restart()));
    }

    private Reply take(Call call) throws BackupException {
        Row row = Row.of(firmware.take(call.file()));
        return Reply.made(201, "firmware/updates/" + row.id, row);
    }

    private Reply install(Call call, Order order) throws BackupException {
        Row row = Row.of(firmware.install(call.place("update"), Boolean.TRUE.equals(order.driversAnyway)));
        return Reply.made(BEGUN, "firmware/updates/" + row.id, row);
    }

    private Reply drop(Call call) throws BackupException {
        Row row = Row.of(firmware.update(call.place("update")));
        firmware.drop(row.id);
        return Reply.ok(row);
    }

    private Reply restart() throws BackupException {
        firmware.restart();
        return new Reply.Json(BEGUN, new Restart(true), Map.of());
    }

    /** @param driversAnyway also if drivers would not run with it; null: no */
    private record Order(Boolean driversAnyway) {}

    /** @param begun always: what can't begin is a problem */
    private record Restart(boolean begun) {}

    /** @param update null if there is none */
    private record State(String version, String slot, List<Firmware.Slot> slots, Row update) {

        static State of(Firmware.State state) {
            return new State(state.version(), state.slot(), state.slots(), state.update() == null ? null : Row.of(state.update()));
        }
    }

    /**
     * @param state   checked, installing, installed, failed
     * @param drivers that would not run with it
     * @param problem why it could not be installed, else empty
     */
    private record Row(String id, String version, long bytes, String state, int percent, String doing, String problem, List<Unserved> drivers) {

        static Row of(Firmware.Update update) {
            return new Row(update.id(), update.version(), update.bytes(), update.stage().word(), update.percent(), update.doing(), update.problem(), update.drivers());
        }
    }
}
