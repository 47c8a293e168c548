package org.azekura.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.content.Contents;
import org.azekura.api.identity.KnownServers;
import org.azekura.api.message.ClientReport;
import org.azekura.client.cache.CacheFolder;
import org.azekura.client.collect.CollectJob;
import org.azekura.client.drill.Scratch;
import org.azekura.client.hook.HookDesk;
import org.azekura.client.job.ClientBound;
import org.azekura.client.job.Paces;
import org.azekura.client.mount.OpenContents;
import org.azekura.client.stream.StreamDoor;
import org.azekura.engine.volume.SigningKey;
import org.azekura.wire.Renewal;
import org.azekura.wire.ServerLinks;
import org.azekura.wire.Transports;

/** The backup client: joins its servers, again after every loss, and does what they order. */
final class ClientRole implements AutoCloseable {

    private static final long CHECKPOINT_BYTES = 16 << 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final StreamDoor streams;
    private final OpenContents contents;
    private final ServerLinks<Jobs> links;

    /** One with the hooks of its home. */
    ClientRole(ClientName name, String version, Path home, List<Endpoint> servers, Transports transports, InstantSource clock) throws BackupException {
        this(name, version, home, servers, transports, clock, HookDesk.Settings.of(home), () -> {});
    }

    /**
     * Begins to look for its servers.
     *
     * @param servers where they are; an {@link Transports#AWAIT}: they and their nodes dial this client
     * @param version of this program, as it tells them
     * @param home of the appliance; the client's own files are in its folder {@code client}
     * @param hooks that jobs may call
     * @param met   called at each meeting with a server; returns at once
     * @throws BackupException {@code client.home} if they cannot be had
     */
    ClientRole(ClientName name, String version, Path home, List<Endpoint> servers, Transports transports, InstantSource clock, HookDesk.Settings hooks, Runnable met)
            throws BackupException {
        this(name, version, home, servers, transports, clock, CHECKPOINT_BYTES, hooks, met);
    }

    /** @param checkpointBytes how much a backup hands on from one checkpoint to the next */
    ClientRole(ClientName name, String version, Path home, List<Endpoint> servers, Transports transports, InstantSource clock, long checkpointBytes,
            HookDesk.Settings hooks, Runnable met) throws BackupException {
        Path folder = home.resolve("client");
        CacheFolder caches;
        HookDesk desk;
        Scratch scratch;
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            caches = new CacheFolder(folder.resolve("cache"));
            desk = new HookDesk(hooks, folder.resolve("owed"));
            scratch = Scratch.open(folder.resolve("scratch"));
        } catch (IOException e) {
            throw BackupException.device("client.home", folder.toString(), "the client's folder " + folder + " cannot be had: " + e, e);
        }
        SigningKey key = SigningKey.loadOrCreate(folder.resolve("signing.key"));
        streams = StreamDoor.open(home);
        CollectJob.Self self = new CollectJob.Self(name, home.toAbsolutePath(), key, caches, streams, desk, scratch, transports, clock, checkpointBytes);
        contents = new OpenContents(name);
        Map<JobId, Jobs.Running> running = new ConcurrentHashMap<>();
        ClientBound bound = new ClientBound(System::nanoTime);
        links = new ServerLinks<>(new ServerLinks.Self<>("client/" + name, transports, () -> new ClientReport.Hello(name, key.publicKey(), version),
                (_, server) -> new Jobs(self, contents, new Paces(System::nanoTime, running::containsKey, bound), running, server, met), LONGEST_PAUSE, KnownServers.of(home).orElse(null), new Renewal(home)), servers,
                "client-" + name);
        links.start();
    }

    /** Snapshots, for who reads them within this process. */
    Contents contents() {
        return contents;
    }

    /** Ends the connections and all jobs. */
    @Override
    public void close() {
        streams.close();
        links.close();
    }
}
