package org.azekura.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Job;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.Publishers;

/** One driver on one node, and one job that changes it. */
final class FakeDrivers implements Drivers, Publishers {

    static final NodeName NODE = new NodeName("n1");
    static final InstalledDriver DISK = new InstalledDriver("disk", "1.0.0", "Azekura", InstalledDriver.State.ACTIVE, List.of(new DeviceName("default")), "");

    /** Has been ordered, and not more. */
    static final Job JOB = new Job(new JobId(7), Job.Kind.DRIVER, Job.State.QUEUED, null, null, FakeServer.WHEN, null, 0, 0, null, null, 0, new byte[0], null);

    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile long largest;
    private DevelopmentMode development = new DevelopmentMode(false, null, "");

    @Override
    public List<Installed> list(NodeName node) {
        calls.add("list " + node);
        return List.of(new Installed(NODE, DISK));
    }

    @Override
    public Job install(Path file, NodeName node, String by) throws BackupException {
        return take("install " + node + " by " + by, file);
    }

    @Override
    public Job update(Path file, String name, NodeName node, String by) throws BackupException {
        if ("tape".equals(name)) {
            throw BackupException.operator("driver.unknown", name, "no node has a driver tape");
        }
        return take("update " + name + " " + node + " by " + by, file);
    }

    private Job take(String call, Path file) {
        calls.add(call);
        try {
            largest = Math.max(largest, Files.size(file));
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JOB;
    }

    @Override
    public Job remove(String name, NodeName node, boolean park, String by) throws BackupException {
        if (!name.equals("disk")) {
            throw BackupException.operator("driver.unknown", name, "no node has a driver " + name);
        }
        calls.add("remove " + name + " " + node + (park ? " park" : ""));
        return JOB;
    }

    @Override
    public List<Publisher> list() {
        return List.of(new Publisher("Ann", "aa", FakeServer.WHEN, FakeServer.WHEN.plusSeconds(9), false, FakeServer.WHEN, "Bob"),
                new Publisher("Azekura", "bb", FakeServer.WHEN, Instant.parse("2999-01-01T00:00:00Z"), true, null, ""));
    }

    @Override
    public Publisher trust(String certificate, String name, String by) throws BackupException {
        if (certificate.isEmpty()) {
            throw BackupException.operator("publisher.invalid", "", "this is no certificate");
        }
        calls.add("trust " + certificate + " " + name);
        return list().getFirst();
    }

    @Override
    public void distrust(String name, String by) throws BackupException {
        if (!name.equals("Ann & Co")) {
            throw BackupException.operator("publisher.unknown", name, "nobody is called " + name);
        }
        calls.add("distrust " + name + " by " + by);
    }

    @Override
    public DevelopmentMode development() {
        return development;
    }

    @Override
    public void development(boolean on, String by) {
        development = new DevelopmentMode(on, FakeServer.WHEN, by);
    }
}
