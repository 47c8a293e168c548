package org.azekura.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.content.Contents;
import org.azekura.client.cache.CacheFolder;
import org.azekura.client.collect.CollectJob;
import org.azekura.client.drill.Scratch;
import org.azekura.client.hook.HookDesk;
import org.azekura.client.mount.OpenContents;
import org.azekura.client.stream.StreamDoor;
import org.azekura.engine.volume.SigningKey;
import org.azekura.wire.Renewal;
import org.azekura.wire.Transports;

/** The backup client: joins the server, again after every loss, and does what it orders. */
final class ClientRole implements AutoCloseable {

    private static final long CHECKPOINT_BYTES = 16 << 20;

    private final StreamDoor streams;
    private final OpenContents contents;
    private final ServerLink link;
    /** Null where this client dials. */
    private final Transports.Offer calls;

    /** One with the hooks of its home. */
    ClientRole(ClientName name, String version, Path home, Endpoint server, Transports transports, InstantSource clock) throws BackupException {
        this(name, version, home, server, transports, clock, HookDesk.Settings.of(home));
    }

    /**
     * Begins to look for the server.
     *
     * @param server  where it is; an {@link Transports#AWAIT}: the server and its nodes dial this client
     * @param version of this program, as it tells the server
     * @param home of the appliance; the client's own files are in its folder {@code client}
     * @param hooks that jobs may call
     * @throws BackupException {@code client.home} if they cannot be had
     */
    ClientRole(ClientName name, String version, Path home, Endpoint server, Transports transports, InstantSource clock, HookDesk.Settings hooks)
            throws BackupException {
        this(name, version, home, server, transports, clock, CHECKPOINT_BYTES, hooks);
    }

    /** @param checkpointBytes how much a backup hands on from one checkpoint to the next */
    ClientRole(ClientName name, String version, Path home, Endpoint server, Transports transports, InstantSource clock, long checkpointBytes,
            HookDesk.Settings hooks) throws BackupException {
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
        calls = server.transport().equals(Transports.AWAIT) ? transports.awaitCalls("client-" + name, "client/" + name) : null;
        contents = new OpenContents(name);
        link = new ServerLink(server, self, contents, version, new Renewal(home));
    }

    /** Snapshots, for who reads them within this process. */
    Contents contents() {
        return contents;
    }

    /** Ends the connection and all jobs. */
    @Override
    public void close() {
        streams.close();
        if (calls != null) {
            calls.close();
        }
        link.close();
    }
}
