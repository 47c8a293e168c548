package org.azekura.installer;

import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.InstalledDriver;

/** The drivers that are here, by name. Thread-safe. */
final class Roster {

    private final SortedMap<String, Driver> drivers = new ConcurrentSkipListMap<>();
    private final DeviceBook devices;
    private final DriverFramework framework;

    Roster(DeviceBook devices, DriverFramework framework) {
        this.devices = devices;
        this.framework = framework;
    }

    void put(String name, Driver driver) {
        drivers.put(name, driver);
    }

    void remove(String name) {
        drivers.remove(name);
    }

    void clear() {
        drivers.clear();
    }

    boolean has(String name) {
        return drivers.containsKey(name);
    }

    /** Null if it is not here. */
    Driver find(String name) {
        return drivers.get(name);
    }

    Driver get(String name) throws BackupException {
        Driver driver = drivers.get(name);
        if (driver == null) {
            throw BackupException.operator("driver.unknown", name, "there is no driver " + name + " here; there are: " + String.join(", ", drivers.keySet()));
        }
        return driver;
    }

    List<Driver> all() {
        return List.copyOf(drivers.values());
    }

    List<InstalledDriver> list() {
        return drivers.keySet().stream().map(this::describe).toList();
    }

    InstalledDriver describe(String name) {
        Driver driver = drivers.get(name);
        List<DeviceName> served = List.of();
        String problem = driver.problem();
        try {
            served = devices.of(name);
        } catch (BackupException e) {
            problem = join(problem, e.getMessage());
        }
        Whole whole = driver.whole();
        return new InstalledDriver(name, whole == null ? "0.0.0" : whole.version().toString(), whole == null ? "" : whole.isShipped() ? whole.source() : whole.publisher(), driver.state(), served,
                join(problem, framework.stuck(name)));
    }

    private static String join(String one, String other) {
        return one.isEmpty() ? other : other.isEmpty() ? one : one + "; " + other;
    }
}
