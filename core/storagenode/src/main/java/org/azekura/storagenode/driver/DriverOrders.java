package org.azekura.storagenode.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.Outcome;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DriverOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes driver packages from the server, and has the installer of this process do what is to be done with them. Safe for any number of threads. */
public final class DriverOrders {

    /** A package is not larger. */
    public static final long MAX_BYTES = 256L << 20;
    /** Changes come one after the other; a server that is there again may begin another while the last is under way. */
    public static final int MAX_PACKAGES = 4;

    private static final Duration NEXT = Duration.ofMinutes(2);
    /** A change has time-outs of its own for all that it does. */
    private static final Duration SETTLED = Duration.ofMinutes(40);
    private static final Pattern UPLOAD = Pattern.compile("[0-9a-f]{32}");
    private static final Logger LOG = LoggerFactory.getLogger(DriverOrders.class);

    private final Path folder;
    private final Map<String, Came> packages = new HashMap<>();
    private final Supplier<DriverInstaller> installer;
    private final Runnable awaitTold;
    /** Changes that are under way; guarded by this. */
    private int changing;

    /** A package that has come, or why it has not: null if it is still on its way. */
    private static final class Came {
        private final Object by;
        private boolean whole;
        private BackupException problem;
        private boolean used;

        Came(Object by) {
            this.by = by;
        }
    }

    /**
     * @param folder    for packages while they are needed; what an earlier run has left in it goes
     * @param installer null while there is none
     * @param awaitTold waits until the server has heard what happened meanwhile
     */
    public DriverOrders(Path folder, Supplier<DriverInstaller> installer, Runnable awaitTold) {
        this.folder = folder;
        this.installer = installer;
        this.awaitTold = awaitTold;
        try {
            sweep();
        } catch (IOException e) {
            LOG.warn("what an earlier run has left in {} can't be deleted; the next package has it deleted: {}", folder, e.toString());
        }
    }

    private DriverInstaller installer() throws BackupException {
        DriverInstaller now = installer.get();
        if (now == null) {
            throw BackupException.operator("driver.fixed", "", "drivers can't be changed here: this process has no installer of drivers");
        }
        return now;
    }

    /**
     * Takes a package to its end. What goes wrong with its file is told to who wants to use it.
     *
     * @param by the server that brings it, as long as its connection lasts
     */
    public void take(StreamOpening.BringPackage opening, Stream stream, Object by) throws BackupException {
        Came came = begin(opening, by);
        try (FileChannel out = create(opening.upload())) {
            long bytes = copy(stream, out, opening.bytes());
            if (bytes != opening.bytes()) {
                throw BackupException.network("package.missing", opening.upload(), "of a driver package of " + opening.bytes() + " bytes " + bytes + " came",
                        null);
            }
            synchronized (this) {
                came.whole = true;
            }
        } catch (IOException e) {
            failed(came, BackupException.device("package.io", folder.toString(), "cannot keep a driver package in " + folder + ": " + e, e));
            for (ByteBuffer rest = stream.receive(NEXT); rest != null; rest = stream.receive(NEXT)) {
                // Who sends hears of it when he gives the order.
            }
        } catch (BackupException e) {
            drop(opening.upload()); // who sent it hears of it, and gives no order
            throw e;
        }
    }

    private static long copy(Stream stream, FileChannel out, long most) throws BackupException, IOException {
        long bytes = 0;
        for (ByteBuffer part = stream.receive(NEXT); part != null; part = stream.receive(NEXT)) {
            bytes += part.remaining();
            if (bytes > most) {
                return bytes;
            }
            while (part.hasRemaining()) {
                out.write(part);
            }
        }
        return bytes;
    }

    private synchronized void failed(Came came, BackupException why) {
        came.problem = why;
    }

    private synchronized Came begin(StreamOpening.BringPackage opening, Object by) throws BackupException {
        if (!UPLOAD.matcher(opening.upload()).matches() || opening.bytes() < 0 || opening.bytes() > MAX_BYTES) {
            throw BackupException.operator("package.upload", "", "a driver package comes with at most " + MAX_BYTES + " bytes under 32 hexadecimal digits, not "
                    + opening.bytes() + " under \"" + opening.upload() + "\"");
        }
        if (packages.size() >= MAX_PACKAGES || packages.containsKey(opening.upload())) {
            throw BackupException.operator("package.busy", opening.upload(), "at most " + MAX_PACKAGES + " driver packages are taken at a time, each once");
        }
        Came came = new Came(by);
        packages.put(opening.upload(), came);
        return came;
    }

    private FileChannel create(String upload) throws IOException {
        synchronized (this) {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            sweep();
        }
        return FileChannel.open(file(upload), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private Path file(String upload) {
        return folder.resolve(upload + ".azd");
    }

    /** What a killed process has left is nobody's. */
    private void sweep() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                if (!packages.containsKey(file.getFileName().toString().replaceFirst("\\.azd$", ""))) {
                    Files.delete(file);
                }
            }
        }
    }

    /** @throws BackupException what the installer says, {@code package.missing}, {@code package.io}, {@code driver.fixed} */
    public DeviceAnswer.DriverChanged change(DriverOrder.ChangeDriver order) throws BackupException {
        use(order.upload());
        try {
            DriverInstaller now = installer();
            Path file = file(order.upload());
            return switch (carryOut(() -> order.update() ? now.update(file, order.trust()) : now.install(file, order.trust()))) {
                case Outcome.Done done -> new DeviceAnswer.DriverChanged(done.driver(), null);
                case Outcome.BackedOut out -> new DeviceAnswer.DriverChanged(out.driver(), out.why());
            };
        } finally {
            drop(order.upload());
        }
    }

    /** On a platform thread: files are read, and a framework's locks are taken. It goes on to its end whatever becomes of who waits. */
    private <T> T carryOut(Callable<T> work) throws BackupException {
        FutureTask<T> change = new FutureTask<>(() -> {
            try {
                return work.call();
            } finally {
                over();
            }
        });
        synchronized (this) {
            changing++;
        }
        Thread.ofPlatform().daemon().name("a driver changes").start(change);
        try {
            return change.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known ? known : BackupException.bug("the change of a driver", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            awaitTold.run();
        }
    }

    private synchronized void over() {
        changing--;
        notifyAll();
    }

    private static BackupException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return BackupException.device("device.interrupted", "", "interrupted while a driver changed", e);
    }

    private void use(String upload) throws BackupException {
        synchronized (this) {
            Came came = packages.get(upload);
            if (came != null && came.whole && !came.used) {
                came.used = true;
                return;
            }
            if (came != null && came.problem != null) {
                drop(upload);
                throw came.problem;
            }
        }
        throw BackupException.network("package.missing", upload, "the driver package has not come whole; order it again", null);
    }

    private synchronized void drop(String upload) {
        packages.remove(upload);
        if (UPLOAD.matcher(upload).matches()) {
            try {
                Files.deleteIfExists(file(upload));
            } catch (IOException e) {
                LOG.warn("{} can't be deleted; the next package has it deleted: {}", file(upload), e.toString());
            }
        }
    }

    public DeviceAnswer.Drivers list() {
        DriverInstaller now = installer.get();
        return new DeviceAnswer.Drivers(now == null ? List.of() : now.list());
    }

    /**
     * The same when no change is under way.
     *
     * @throws BackupException {@code driver.busy} if one takes too long
     */
    public DeviceAnswer.Drivers settled() throws BackupException {
        long end = System.nanoTime() + SETTLED.toNanos();
        synchronized (this) {
            try {
                for (long left = SETTLED.toMillis(); changing > 0; left = (end - System.nanoTime()) / 1_000_000) {
                    if (left <= 0) {
                        throw BackupException.device("driver.busy", "", "a change of drivers has not ended after " + SETTLED.toMinutes() + " min", null);
                    }
                    wait(left);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return list();
    }

    public void remove(String name, boolean park) throws BackupException {
        DriverInstaller now = installer();
        carryOut(() -> {
            now.remove(name, park);
            return null;
        });
    }

    /** A server is gone: what it has brought and no change uses is of no use any more. A change that has begun goes on to its end. */
    public synchronized void forget(Object by) {
        packages.entrySet().stream().filter(entry -> entry.getValue().by == by && !entry.getValue().used).map(Map.Entry::getKey).toList().forEach(this::drop);
    }
}
