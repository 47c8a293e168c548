package org.azekura.storagenode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.Outcome;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.message.Answer;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on to this process's installer what the server wants of its drivers. */
final class DriverChanges {

    /** More than any package may have. */
    private static final long MAX_BYTES = 257L << 20;
    private static final Duration RECEIVE = Duration.ofMinutes(2);
    private static final Duration SEND = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(DriverChanges.class);

    private final Supplier<DriverInstaller> installer;
    private final Path folder;

    /** @param folder for packages on their way, nobody else's */
    DriverChanges(Supplier<DriverInstaller> installer, Path folder) {
        this.installer = installer;
        this.folder = folder;
    }

    private DriverInstaller installer() throws BackupException {
        DriverInstaller here = installer.get();
        if (here == null) {
            throw BackupException.device("driver.installer", "", "there is no installer of drivers on this storage node", null);
        }
        return here;
    }

    List<InstalledDriver> list() throws BackupException {
        return installer().list();
    }

    void remove(String name) throws BackupException {
        installer().remove(name);
    }

    /** Takes a package in and says on the stream what became of it. */
    void change(StreamOpening.ChangeDriver order, Stream stream) throws BackupException {
        Answer.DriverChanged answer;
        Path file = null;
        try {
            file = receive(stream);
            answer = carryOut(order, file);
        } catch (BackupException e) {
            LOG.warn("a driver package of the server is not taken: {}", e.getMessage());
            answer = new Answer.DriverChanged(null, null, e.failure());
        } finally {
            delete(file);
        }
        stream.send(MessageCodec.encode(answer), SEND);
    }

    private Path receive(Stream stream) throws BackupException {
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, "package-", ".azd");
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                long size = 0;
                for (ByteBuffer piece = stream.receive(RECEIVE); piece != null; piece = stream.receive(RECEIVE)) {
                    size += piece.remaining();
                    while (piece.hasRemaining() && size <= MAX_BYTES) {
                        out.write(piece);
                    }
                }
                return file;
            } catch (BackupException | IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw BackupException.device("package.io", folder.toString(), "the driver package can't be kept in " + folder + ": " + e, e);
        }
    }

    /** On a platform thread: files are read, and a framework's locks are taken. */
    private Answer.DriverChanged carryOut(StreamOpening.ChangeDriver order, Path file) throws BackupException {
        PublisherTrust trust = new PublisherTrust(order.publishers(), order.development());
        FutureTask<Outcome> change = new FutureTask<>(() -> order.update() ? installer().update(file, trust) : installer().install(file, trust));
        Thread.ofPlatform().daemon().name("a driver changes").start(change);
        try {
            return switch (change.get()) {
                case Outcome.Done(InstalledDriver driver) -> new Answer.DriverChanged(driver, null, null);
                case Outcome.BackedOut(InstalledDriver driver, String why) -> new Answer.DriverChanged(driver, why, null);
            };
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known ? known : BackupException.bug("the change of a driver", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", "", "interrupted while a driver changed", e);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} is left behind: {}", file, e.toString());
        }
    }
}
