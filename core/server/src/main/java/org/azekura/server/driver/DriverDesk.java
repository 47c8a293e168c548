package org.azekura.server.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.server.Drivers;
import org.azekura.api.transport.Stream;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the storage nodes change their drivers, one after the other: each verifies by itself what it gets. */
public final class DriverDesk implements Drivers {

    private static final Logger log = LoggerFactory.getLogger(DriverDesk.class);
    private static final String DEVELOPMENT = "driver.development";
    private static final Duration ASK = Duration.ofSeconds(60);
    private static final Duration SEND = Duration.ofMinutes(2);
    /** A node stops, starts, tests, and does it all again when it backs out. */
    private static final Duration CHANGE = Duration.ofMinutes(10);
    private static final int PIECE = 1 << 20;

    private final CatalogStore catalog;
    private final Hosts hosts;
    private final Publishers publishers;

    /** @param own folder with the certificates of the distribution's publishers; null or not there: none */
    public DriverDesk(CatalogStore catalog, Hosts hosts, Path own) {
        this.catalog = catalog;
        this.hosts = hosts;
        this.publishers = new Publishers(catalog, certificates(own));
    }

    private static List<X509Certificate> certificates(Path folder) {
        List<X509Certificate> all = new ArrayList<>();
        if (folder != null && Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
                for (Path file : files) {
                    all.add(Publishers.parse(Files.readAllBytes(file)));
                }
            } catch (IOException | BackupException e) {
                log.error("{}: a publisher of the distribution is not trusted: {}", folder, e.getMessage());
            }
        }
        return all;
    }

    private List<ConnectedNode> nodes() {
        return hosts.nodes().stream().sorted(Comparator.comparing(node -> node.name().value())).toList();
    }

    @Override
    public List<OnNode> list() throws BackupException {
        List<OnNode> all = new ArrayList<>();
        for (ConnectedNode node : nodes()) {
            node.ask(new NodeOrder.ListDrivers(), Answer.DriversFound.class, ASK).drivers().forEach(driver -> all.add(new OnNode(node.name(), driver)));
        }
        return all;
    }

    @Override
    public List<Changed> change(Path file, boolean update) throws BackupException {
        StreamOpening.ChangeDriver order = new StreamOpening.ChangeDriver(update, publishers.encoded(), development());
        List<Changed> all = new ArrayList<>();
        for (ConnectedNode node : nodes()) {
            all.add(change(node, order, file));
        }
        if (all.isEmpty()) {
            throw BackupException.network("node.offline", "", "no storage node is connected that could take the driver", null);
        }
        return all;
    }

    private static Changed change(ConnectedNode node, StreamOpening.ChangeDriver order, Path file) throws BackupException {
        try (Stream stream = node.open(); FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            stream.send(MessageCodec.encode(order), SEND);
            for (ByteBuffer piece = ByteBuffer.allocate(PIECE); in.read(piece) > 0; piece = ByteBuffer.allocate(PIECE)) {
                stream.send(piece.flip(), SEND);
            }
            stream.endSending();
            ByteBuffer frame = stream.receive(CHANGE);
            if (frame == null) {
                throw BackupException.network("transport.closed", node.name().value(), "storage node " + node.name() + " went while its driver changed", null);
            }
            Answer.DriverChanged answer = MessageCodec.decode(frame, Answer.DriverChanged.class);
            if (answer.refused() != null) {
                throw new BackupException(answer.refused());
            }
            InstalledDriver driver = answer.driver();
            log.info("node={} driver={} version={} {}", node.name(), driver.name(), driver.version(),
                    answer.backedOut() == null ? "runs" : "runs again: " + answer.backedOut());
            return new Changed(node.name(), driver, answer.backedOut());
        } catch (IOException e) {
            throw BackupException.device("package.io", file.toString(), "the package can't be read: " + e, e);
        }
    }

    /** From every node that has it; if one still uses it, nothing is removed from it and those behind it in order. */
    @Override
    public void remove(String name) throws BackupException {
        BackupException unknown = null;
        boolean removed = false;
        for (ConnectedNode node : nodes()) {
            try {
                node.ask(new NodeOrder.RemoveDriver(name), Answer.Done.class, ASK);
                removed = true;
            } catch (BackupException e) {
                if (!e.failure().code().equals("driver.unknown")) {
                    throw e;
                }
                unknown = e;
            }
        }
        if (!removed && unknown != null) {
            throw unknown;
        }
    }

    @Override
    public List<Publisher> publishers() throws BackupException {
        return publishers.list();
    }

    @Override
    public Publisher trust(String certificate) throws BackupException {
        Publisher added = publishers.add(certificate);
        log.info("driver packages of publisher {} ({}) are let in from now on", added.name(), added.fingerprint());
        return added;
    }

    @Override
    public void distrust(String which) throws BackupException {
        publishers.remove(which);
        log.info("driver packages of publisher {} are let in no longer", which);
    }

    @Override
    public boolean development() throws BackupException {
        return catalog.read(view -> view.setting(DEVELOPMENT)).isPresent();
    }

    @Override
    public void development(boolean on) throws BackupException {
        catalog.write(edit -> {
            if (on) {
                edit.putSetting(DEVELOPMENT, "on");
            } else {
                edit.deleteSetting(DEVELOPMENT);
            }
            return null;
        });
        log.warn("development mode is {}: unsigned driver packages are {}", on ? "on" : "off", on ? "let in" : "refused");
    }
}
