package org.azekura.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Failure;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.Publishers;

/** One driver on one node; packages are let in as their text says: {@code good}, {@code slow}, {@code bad}, {@code back}, else no package. */
final class FakeDrivers implements Drivers, Publishers {

    private static final NodeName NODE = new NodeName("n1");
    static final InstalledDriver DISK = new InstalledDriver("disk", "1.0.0", "Azekura", InstalledDriver.State.ACTIVE, List.of(new DeviceName("default")), "");

    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Path> files = new CopyOnWriteArrayList<>();
    volatile long largest;
    private Change last;
    private DevelopmentMode development = new DevelopmentMode(false, null, "");

    @Override
    public List<Installed> list(NodeName node) {
        calls.add("list " + node);
        return List.of(new Installed(NODE, DISK));
    }

    @Override
    public Change install(Path file, NodeName node, String by) throws BackupException {
        return take("install " + node + " by " + by, Kind.INSTALL, file);
    }

    @Override
    public Change update(Path file, String name, NodeName node, String by) throws BackupException {
        if ("tape".equals(name)) {
            files.add(file);
            throw BackupException.operator("driver.unknown", name, "no node has a driver tape");
        }
        return take("update " + name + " " + node + " by " + by, Kind.UPDATE, file);
    }

    private Change take(String call, Kind kind, Path file) {
        calls.add(call);
        files.add(file);
        try {
            largest = Math.max(largest, Files.size(file));
            String text = Files.size(file) > 100 ? "good" : Files.readString(file, StandardCharsets.ISO_8859_1);
            Files.delete(file);
            return last = change(kind, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Change change(Kind kind, String text) {
        return switch (text) {
            case "good" -> ended(kind, new Part(NODE, State.DONE, 4, DISK, null));
            case "slow" -> new Change("c1", kind, "disk", FakeServer.WHEN, null, List.of(new Part(NODE, State.SENDING, 2, null, null)));
            case "back" -> ended(kind, new Part(NODE, State.BACKED_OUT, 4, DISK, failure("driver.backedout", "it failed its self-test")));
            case "bad" -> ended(kind, new Part(NODE, State.FAILED, 4, null, failure("package.refused", "it is unsigned")));
            default -> ended(kind, new Part(NODE, State.FAILED, 4, null, failure("package.invalid", "it is no driver package")));
        };
    }

    private static Failure failure(String code, String message) {
        return BackupException.operator(code, "disk", message).failure();
    }

    private static Change ended(Kind kind, Part part) {
        return new Change("c1", kind, "disk", FakeServer.WHEN, FakeServer.WHEN.plusSeconds(2), List.of(part));
    }

    @Override
    public Change remove(String name, NodeName node, String by) throws BackupException {
        if (!name.equals("disk")) {
            throw BackupException.operator("driver.unknown", name, "no node has a driver " + name);
        }
        calls.add("remove " + name + " " + node);
        return last = ended(Kind.REMOVE, new Part(NODE, State.FAILED, 0, null, failure("driver.used", "driver disk serves [default]")));
    }

    @Override
    public Change change(String id, Duration patience) throws BackupException {
        if (last == null || !id.equals(last.id())) {
            throw BackupException.operator("change.unknown", id, "there is no change " + id);
        }
        calls.add("wait " + patience.toSeconds());
        return last;
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
