package org.azekura.storagenode.power;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.PowerSource;
import org.azekura.api.device.PowerState;
import org.azekura.api.device.PowerState.Supply;
import org.azekura.api.message.NodeReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PowerDeskTest {

    private static final DeviceName UPS = new DeviceName("ups1");

    private final House house = new House();
    private final Source source = new Source();
    private final PowerStore store = new PowerStore(source);
    private volatile long now_s;
    private final PowerDesk desk = new PowerDesk(() -> TimeUnit.SECONDS.toNanos(now_s), 10);

    private static final class Source implements PowerSource {
        private volatile Supply supply = Supply.MAINS;
        private volatile String problem = "";

        @Override
        public String location() {
            return "/dev/ttyS7";
        }

        @Override
        public PowerState state() {
            return new PowerState(supply, OptionalDouble.of(230.44), OptionalInt.empty(), Instant.EPOCH, problem);
        }

        @Override
        public Patience patience() {
            return new Patience(Duration.ofSeconds(5), Duration.ofSeconds(60));
        }

        @Override
        public void selfTest() {}
    }

    private static final class House implements PowerDesk.House {
        private final BlockingQueue<String> acts = new LinkedBlockingQueue<>();
        private volatile boolean configured = true;
        private volatile boolean deaf;
        private volatile BackupException refusal;

        @Override
        public PowerDesk.Pause pause(String why) throws BackupException {
            if (refusal != null) {
                throw refusal;
            }
            acts.add("pause: " + why);
            return () -> acts.add("resume");
        }

        @Override
        public boolean tell(NodeReport report) {
            boolean hears = !deaf;
            acts.add(switch (report) {
                case NodeReport.Power power -> "tell " + power.supply().word() + (power.held() ? " held" : "") + (power.problem().isEmpty() ? "" : " " + power.problem());
                default -> "tell " + report.getClass().getSimpleName();
            });
            return hears;
        }

        @Override
        public boolean isConfigured(DeviceName device) {
            return configured;
        }

        @Override
        public void end(String why) {
            acts.add("end: " + why);
        }

        String next() throws InterruptedException {
            String act = acts.poll(120, TimeUnit.SECONDS);
            assertTrue(act != null, "nothing was done");
            return act;
        }
    }

    @BeforeEach
    void open() {
        desk.open(house);
        desk.came(UPS, store);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    /** So many seconds go by. The desk looks by itself, too, which is the same to it. */
    private void pass(int seconds, Supply supply) {
        source.supply = supply;
        for (int i = 0; i <= seconds; i++) {
            desk.look();
            now_s += i < seconds ? 1 : 0;
        }
    }

    private void assertActs(String... acts) throws InterruptedException {
        for (String act : acts) {
            assertEquals(act, house.next());
        }
    }

    @Test
    void holdsAfterWhatIsBegunIsDurableAndGoesOnWithoutAPause() throws Exception {
        pass(0, Supply.MAINS);
        assertActs("tell mains");
        pass(0, Supply.BATTERY);
        assertActs("tell battery");
        pass(5, Supply.BATTERY);
        assertActs("pause: ups1 is on battery", "tell battery held", "resume");
        pass(0, Supply.MAINS);
        assertActs("tell mains held");
        pass(60, Supply.MAINS);
        assertActs("tell mains");
        assertNull(house.acts.poll());
    }

    @Test
    void holdsAllTheSameWhereNothingCanPause() throws Exception {
        house.refusal = BackupException.device("device.paused", "d", "its driver changes", null);
        pass(0, Supply.BATTERY);
        assertActs("tell battery");
        pass(5, Supply.BATTERY);
        assertActs("tell battery held");
    }

    @Test
    void endsTheProcessWhenTheBatteryIsLow() throws Exception {
        pass(0, Supply.MAINS);
        assertActs("tell mains");
        pass(3, Supply.LOW);
        assertActs("pause: ups1 is on battery, which is almost empty", "tell low held", "resume",
                "end: ups1 is on battery, which is almost empty: azekura stops here, its jobs go on at the next start");
        pass(3, Supply.LOW);
        assertNull(house.acts.poll());
    }

    @Test
    void tellsAgainWhoHasNotHeard() throws Exception {
        house.deaf = true;
        pass(0, Supply.MAINS);
        assertActs("tell mains");
        house.deaf = false;
        // until the desk knows that nobody has heard
        assertActs("tell mains");
        desk.joined();
        assertActs("tell mains");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        source.problem = "it says that it is broken";
        pass(0, Supply.MAINS);
        assertActs("tell mains it says that it is broken");
    }

    @Test
    void aDriverThatIsAwayIsSilenceAndADeviceThatIsRemovedIsGone() throws Exception {
        pass(6, Supply.BATTERY);
        while (!house.next().equals("resume")) {
            // what comes before is tried above
        }
        desk.went(UPS, store);
        pass(19, Supply.BATTERY);
        assertNull(house.acts.poll());
        pass(2, Supply.BATTERY);
        assertActs("tell unknown held no driver serves it");
        desk.came(UPS, store);
        assertActs("tell battery held");
        house.configured = false;
        desk.went(UPS, store);
        assertActs("tell PowerGone");
        assertNull(house.acts.poll());
    }

    @Test
    void keepsNothing() throws Exception {
        BackupException refused = assertRefused("device.unsupported", () -> store.create("x"));
        assertEquals("/dev/ttyS7 is a source of power, and keeps nothing; make the pool on a disk or in a library", refused.getMessage());
        for (String key : List.of("a")) {
            assertRefused("device.unsupported", () -> store.size(key));
            assertRefused("device.unsupported", () -> store.read(key, 0, null));
            assertRefused("device.unsupported", () -> store.delete(key));
            assertRefused("device.unsupported", () -> store.list(key, blob -> { }));
        }
    }
}
