package org.azekura.api.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.Failure;

/**
 * The servers that a home which has joined knows: the one that it joined by, and those that it was told of since. None goes because it is away. Safe for any
 * number of threads of one process.
 */
public final class KnownServers {

    /** An appliance has two or three; what is told beyond that is not kept. */
    public static final int MOST = 16;

    private static final String FILE = "servers";
    /** The roles of a process have one home. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;
    /** Holds the one that is known before any was told of. */
    private final Path joined;

    private KnownServers(Path file, Path joined) {
        this.file = file;
        this.joined = joined;
    }

    /** Of this home; empty if it has not joined, or is the server's own. */
    public static Optional<KnownServers> of(Path home) {
        Path joined = Identity.server(home);
        return Files.exists(joined) ? Optional.of(new KnownServers(joined.resolveSibling(FILE), joined)) : Optional.empty();
    }

    /** @throws BackupException {@code identity.corrupt} */
    public List<ServerPlace> load() throws BackupException {
        List<ServerPlace> known = new ArrayList<>();
        try {
            for (Path each : List.of(file, joined)) {
                if (known.isEmpty() && Files.exists(each)) {
                    Files.readAllLines(each).stream().filter(line -> !line.isBlank()).map(KnownServers::parse).forEach(known::add);
                }
            }
            return List.copyOf(known);
        } catch (IOException | IllegalArgumentException e) {
            throw new BackupException(new Failure("identity.corrupt", Failure.Kind.CORRUPT, false, file.toString(), file + " does not list this appliance's servers: "
                    + e.getMessage() + "; delete it: the server in " + joined + " tells of the others again"), e);
        }
    }

    private static ServerPlace parse(String line) {
        String[] parts = line.strip().split(" ");
        return new ServerPlace(parts.length > 1 ? parts[1] : "", Endpoint.parse(parts[0]));
    }

    /**
     * Keeps one more, durably; one that is known at this place gets the name.
     *
     * @throws BackupException {@code identity.corrupt}; {@code identity.file}: they are as they were
     */
    public void add(ServerPlace place) throws BackupException {
        change(known -> {
            List<ServerPlace> all = new ArrayList<>(known);
            all.replaceAll(each -> each.at().equals(place.at()) ? place : each);
            if (!all.contains(place) && all.size() < MOST) {
                all.add(place);
            }
            return all;
        });
    }

    /**
     * Forgets one, durably, but never the last.
     *
     * @throws BackupException {@code identity.corrupt}; {@code identity.file}: they are as they were
     */
    public void remove(Endpoint at) throws BackupException {
        change(known -> known.size() == 1 ? known : known.stream().filter(place -> !place.at().equals(at)).toList());
    }

    /**
     * Forgets all that a home was told: it joins anew.
     *
     * @throws BackupException {@code identity.file}: they are as they were
     */
    public static void forget(Path home) throws BackupException {
        Path file = Identity.file(home).resolveSibling(FILE);
        synchronized (ONE_AT_A_TIME) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw BackupException.device("identity.file", file.toString(), file + " can't be deleted: " + e, e);
            }
        }
    }

    private void change(UnaryOperator<List<ServerPlace>> step) throws BackupException {
        synchronized (ONE_AT_A_TIME) {
            List<ServerPlace> known = load();
            List<ServerPlace> next = step.apply(known);
            if (next.equals(known)) {
                return;
            }
            try {
                Identity.replace(file, next.stream().map(place -> (place.at() + " " + place.name()).strip() + "\n").collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw BackupException.device("identity.file", file.toString(), "this appliance's servers can't be kept in " + file + ": " + e, e);
            }
        }
    }
}
