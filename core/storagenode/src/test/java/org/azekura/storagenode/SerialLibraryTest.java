package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.driver.serialchanger.SerialChangerDevice;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.testkit.serial.SerialDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * A pool whose robot hears commands on a serial line and sees nothing, and whose drives are another device's. The robot is simulated at the other end of a
 * pseudo-terminal: what it is told to move, it moves in the simulated library that has the drives.
 */
@Timeout(300)
class SerialLibraryTest {

    private static final DeviceName ROBOT = new DeviceName("robot1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/robot";
    private static final int FIRST_DRIVE = 500;
    private static final int FIRST_SLOT = 1000;
    private static final String PROFILE = """
            azekura serial changer 1
            name Blind robot
            line 9600 8N1
            wait 20 s
            reply ok "ok\\r"
            reply failed "no " 2
            code 01 empty
            code 02 taken
            code 03 held the drive is shut
            code 04 jam it is stuck
            elements 1 picker
            elements 500-501 drive numbered 500
            elements 1000-1003 slot numbered 1000
            identify "who\\r"
            move 500-501 to 1000-1003 "{from:4}>{to:4}\\r"
            move 1000-1003 to 500-501 "{from:4}>{to:4}\\r"
            """;

    @TempDir
    Path dir;

    private final long seed = Seeds.start();
    private final FaultDisk disk = new FaultDisk(seed);
    private Simulator drives;
    private BlindRobot robot;
    private SerialChangerDevice device;
    private LibraryStore library;
    private WholeAppliance appliance;
    private Path source;
    private volatile boolean refusesOnce;

    /** Does what it is told. */
    private final class BlindRobot extends SerialDevice {

        private final StringBuilder heard = new StringBuilder();
        private final List<String> moves = new ArrayList<>();

        BlindRobot() throws Exception {
            super(dir);
            begin();
        }

        @Override
        protected synchronized void came(byte next) {
            if (next != '\r') {
                heard.append((char) next);
                return;
            }
            String command = heard.toString();
            heard.setLength(0);
            send(command.equals("who") ? "ok\r" : moved(command));
        }

        private String moved(String command) {
            if (refusesOnce) {
                refusesOnce = false;
                return "no 03";
            }
            String[] way = command.split(">");
            try {
                drives.changer().orElseThrow().move(place(way[0]), place(way[1]));
                moves.add(command);
                return "ok\r";
            } catch (BackupException e) {
                return switch (e.failure().code()) {
                    case "changer.empty" -> "no 01";
                    case "changer.taken" -> "no 02";
                    default -> "no 03";
                };
            }
        }

        private static ElementAddress place(String number) {
            return new ElementAddress(Integer.parseInt(number));
        }

        synchronized List<String> moves() {
            return List.copyOf(moves);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        Files.writeString(dir.resolve("profile"), PROFILE);
        source = Files.createDirectory(dir.resolve("source"));
        byte[] content = new byte[2_000_000];
        Seeds.random(seed).nextBytes(content);
        Files.write(source.resolve("file"), content);
        start();
        appliance.server.devices().add(ROBOT, "disk", Map.of("path", AT), null);
    }

    private void start() throws Exception {
        drives = simulator();
        robot = new BlindRobot();
        device = new SerialChangerDevice(settings(), context());
        Path home = dir.resolve("home");
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        library = new LibraryStore(ROBOT, device, files.notes(), files.spool());
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), disk.on(FaultPlan.none()), AT, library));
    }

    private Simulator simulator() throws Exception {
        return Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "4", "cartridges", "3", "cleaning", "0", "capacity_MB", "64"));
    }

    @AfterEach
    void end() {
        if (appliance == null) {
            return;
        }
        appliance.close();
        library.close();
        device.close();
        robot.close();
        drives.close();
    }

    private SerialChangerDevice.Settings settings() {
        Map<String, String> given = Map.of("port", robot.port(), "profile", dir.resolve("profile").toString(), "drives__of", "lib1",
                "notes", dir.resolve("notes").toString(), "cartridges", "1000=A00001L8,1001=A00002L8,1002=A00003L8");
        return fake(SerialChangerDevice.Settings.class, given::get);
    }

    /** Where the library that has the drives is a service. */
    private BundleContext context() {
        ServiceReference<?> reference = fake(ServiceReference.class, name -> null);
        return fake(BundleContext.class, name -> switch (name) {
            case "getServiceReferences" -> List.of(reference);
            case "getService" -> (Library) drives;
            default -> true;
        });
    }

    private static <T> T fake(Class<T> kind, Function<String, Object> answers) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> answers.apply(method.getName())));
    }

    private Volume volume() throws Exception {
        return appliance.server.pools().volumes(TAPE).getFirst();
    }

    private Job done(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), job + " " + appliance.server.jobs().log(job.id()));
        return job;
    }

    private SnapshotId snapshot(Job backup) throws Exception {
        return ((JobResult.Backup) appliance.server.jobs().result(done(backup).id()).orElseThrow()).snapshot();
    }

    private void assertRestores(SnapshotId snapshot) throws Exception {
        Path target = Files.createTempDirectory(dir, "restored");
        done(appliance.run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, null, 0, null, null)));
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target.resolve(source.toString().substring(1))));
    }

    @Test
    void aPoolLivesBehindARobotThatSeesNothing() throws Exception {
        appliance.server.pools().create(TAPE, "disk", Map.of("library", ROBOT.value()), Pools.Readers.APPLIANCE);
        SnapshotId first = snapshot(appliance.backup(source, TAPE));
        done(appliance.run(new JobOrder.Verify(TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0)));
        assertRestores(first);
        String[] moved = robot.moves().getFirst().split(">");
        assertTrue(moved[0].equals("1000") && moved[1].matches("050[01]"), robot.moves()::toString);
        assertEquals(lying(drives), lying(device), "what it has noted is not what is");
        assertTrue(lying(drives).containsValue(volume().barcode()), "the volume is on no cartridge");

        end();
        putAwayByHand();
        refusesOnce = true;
        start();
        assertRestores(first);
        Files.write(source.resolve("more"), new byte[] {1});
        assertRestores(snapshot(appliance.backup(source, TAPE)));
        assertFalse(refusesOnce, "nothing was moved");
        assertEquals(lying(drives), lying(device), "what it has noted is not what is");
    }

    /** Somebody takes the cartridges out of the drives, and writes down where they are. */
    private void putAwayByHand() throws Exception {
        Path file = dir.resolve("notes");
        String notes = Files.readString(file);
        drives = simulator();
        for (Map.Entry<Integer, String> each : lying(drives).entrySet()) {
            if (each.getKey() < FIRST_SLOT) {
                int slot = FIRST_SLOT;
                while (lying(drives).containsKey(slot)) {
                    slot++;
                }
                drives.drives().get(each.getKey() - FIRST_DRIVE).unload();
                drives.changer().orElseThrow().move(new ElementAddress(each.getKey()), new ElementAddress(slot));
                notes = notes.replace(each.getKey() + " barcode " + each.getValue(), each.getKey() + " empty").replace(slot + " empty", slot + " barcode " + each.getValue());
            }
        }
        drives.close();
        Files.writeString(file, notes);
    }

    /** Each cartridge with the number of its place. */
    private static Map<Integer, String> lying(Library library) throws BackupException {
        Map<Integer, String> lying = new TreeMap<>();
        for (Element element : library.changer().orElseThrow().inventory()) {
            element.barcode().ifPresent(barcode -> lying.put(element.address().value(), barcode.value()));
        }
        return lying;
    }
}
