package org.azekura.storagenode.driver;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;
import org.azekura.api.driver.SettingsForm;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.device.Devices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceSetupTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dir;
    private final Devices devices = new Devices();
    private final Serving drivers = new Serving();
    private final DeviceSetup setup = new DeviceSetup(drivers, devices, null, PATIENCE);

    @AfterEach
    void close() {
        List.copyOf(drivers.served.keySet()).forEach(drivers::remove);
    }

    private void add(String name, String location) throws BackupException {
        setup.configure(new DeviceName(name), "tape", Map.of("changer", location));
    }

    /** Each would take for free what the other has in a drive. */
    @Test
    void aLibraryIsServedAsOneDevice() throws Exception {
        add("lib1", "/dev/sg3");
        add("lib2", "/dev/sg7");
        String why = assertRefused("device.exists", () -> add("lib3", "/dev/sg3")).getMessage();
        assertTrue(why.contains("/dev/sg3") && why.contains("lib1"), why);
        assertEquals(Set.of("lib1", "lib2"), Set.copyOf(drivers.served.keySet().stream().map(DeviceName::value).toList()), "nothing of it stays");
        add("lib1", "/dev/sg3");
        assertNotNull(devices.find(new DeviceName("lib1")));
    }

    @Test
    void tellsWhatIsSetOfADeviceButNoSecrets() throws Exception {
        add("lib1", "/dev/sg3");
        assertEquals(new DeviceAnswer.Settings(Map.of("changer", "/dev/sg3"), List.of("secret")), setup.settings(new DeviceName("lib1")));
        assertRefused("device.unknown", () -> setup.settings(new DeviceName("lib2")));
        assertRefused("driver.unknown", () -> setup.form("shelf", null));
    }

    /** Somewhere else than it is. */
    private record Elsewhere(Library library, String location) implements Library {

        @Override
        public Optional<Changer> changer() {
            return library.changer();
        }

        @Override
        public List<Drive> drives() {
            return library.drives();
        }
    }

    /** Serves libraries at once. */
    private final class Serving implements Drivers {

        private final SortedMap<DeviceName, LibraryStore> served = new TreeMap<>();

        @Override
        public SortedSet<String> known() {
            return new TreeSet<>(Set.of("tape"));
        }

        @Override
        public SettingsForm form(String driver, String language) {
            return Forms.of(driver, "changer", "secret");
        }

        @Override
        public SortedMap<String, String> settings(DeviceName device) {
            return new TreeMap<>(Map.of("changer", "/dev/sg3", "secret", "sesame", "gone", "with an older version"));
        }

        @Override
        public SortedMap<DeviceName, String> configured() {
            SortedMap<DeviceName, String> all = new TreeMap<>();
            served.keySet().forEach(device -> all.put(device, "tape"));
            return all;
        }

        @Override
        public String driverOf(DeviceName device) {
            return served.containsKey(device) ? "tape" : null;
        }

        @Override
        public Change configure(DeviceName device, String driver, Map<String, String> settings) throws BackupException {
            boolean changed = !served.containsKey(device);
            if (changed) {
                Library library = new Elsewhere(Simulator.of(Map.of("folder", dir.resolve(device.value()).toString())), settings.get("changer"));
                LibraryStore store = new LibraryStore(device, library, dir.resolve("notes"), dir.resolve("spool"));
                served.put(device, store);
                devices.add(device, store);
            }
            return new Change() {
                @Override
                public boolean changed() {
                    return changed;
                }

                @Override
                public void undo() {
                    remove(device);
                }
            };
        }

        @Override
        public Change change(DeviceName device, Map<String, String> set, Set<String> unset) {
            throw new AssertionError();
        }

        @Override
        public void remove(DeviceName device) {
            LibraryStore store = served.remove(device);
            devices.remove(device, store);
            store.close();
        }

        @Override
        public String problem(DeviceName device, String driver) {
            return null;
        }
    }
}
