package org.azekura.client.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.StreamSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where commands on this host bring streams: a loopback port, whose number is in {@code run/stdin} of the home while this is open.
 * Who tells the home's token gets a number; the stream then waits unread, so that its command waits too, until a job takes it. Safe
 * for any number of threads.
 */
public final class StreamDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamDoor.class);
    private static final int MAX_WAITING = 8;
    private static final long WAIT_SECONDS = 60;
    private static final long PAUSE_MS = 1_000;
    private static final int TOKEN_MS = 2_000;
    private static final int MAX_TOKEN = 256;

    private final Path token;
    private final Path told;
    private final ServerSocket listening;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

    private record Waiting(Socket socket, CountDownLatch over) {}

    private StreamDoor(Path home, ServerSocket listening) {
        this.token = home.resolve("token");
        this.told = home.resolve("run/stdin");
        this.listening = listening;
    }

    /** @throws BackupException {@code client.home} if no port or no file can be had */
    public static StreamDoor open(Path home) throws BackupException {
        ServerSocket listening = null;
        try {
            listening = new ServerSocket(0, MAX_WAITING, InetAddress.getLoopbackAddress());
            StreamDoor door = new StreamDoor(home, listening);
            door.tell();
            Thread.ofPlatform().daemon().name("client takes standard input").start(door::accept);
            return door;
        } catch (IOException e) {
            close(listening);
            throw BackupException.device("client.home", home.toString(), "streams cannot be taken in " + home + ": " + e, e);
        }
    }

    private void tell() throws IOException {
        Files.createDirectories(told.getParent());
        Files.deleteIfExists(told);
        Files.createFile(told, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(told, listening.getLocalPort() + "\n");
    }

    private void accept() {
        try {
            // A failure may last, as too many open files do: it must not be met again at once.
            long pause_ms = 0;
            while (!closed.await(pause_ms, TimeUnit.MILLISECONDS)) {
                pause_ms = acceptOne() ? 0 : PAUSE_MS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean acceptOne() {
        try {
            Socket socket = listening.accept();
            if (places.tryAcquire()) {
                Thread.ofPlatform().daemon().name("client keeps standard input").start(() -> keep(socket));
            } else {
                refuse(socket, MAX_WAITING + " streams wait already; try again in a minute");
            }
            return true;
        } catch (IOException e) {
            LOG.debug("standard input of a command: {}", e.toString());
            return false;
        }
    }

    private void keep(Socket socket) {
        try {
            if (knowsToken(socket)) {
                await(socket);
            } else {
                refuse(socket, "the token is not that of this home");
            }
        } catch (IOException e) {
            LOG.warn("standard input of a command: {}", e.toString());
            close(socket);
        } finally {
            places.release();
        }
    }

    /** The file is read each time, because it may be younger than this door. */
    private boolean knowsToken(Socket socket) throws IOException {
        socket.setSoTimeout(TOKEN_MS);
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n' && line.size() < MAX_TOKEN; b = in.read()) {
            line.write(b);
        }
        byte[] known = Files.readString(token).strip().getBytes(StandardCharsets.UTF_8);
        return known.length > 0 && MessageDigest.isEqual(known, line.toByteArray());
    }

    private void await(Socket socket) throws IOException {
        long number = random.nextLong(1, Long.MAX_VALUE);
        Waiting here = new Waiting(socket, new CountDownLatch(1));
        waiting.put(number, here);
        try {
            answer(socket, Long.toString(number));
            here.over.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (waiting.remove(number, here)) {
                close(socket);
            }
        }
    }

    private static void refuse(Socket socket, String why) {
        try (socket) {
            answer(socket, why);
        } catch (IOException e) {
            LOG.debug("standard input of a command: {}", e.toString());
        }
    }

    private static void answer(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes a stream; it is the caller's from now on.
     *
     * @param idle runs about every second in which a read of it waits
     * @throws BackupException {@code stdin.gone} if none of this number waits
     */
    public PipedStream take(StreamSource source, Runnable idle) throws BackupException {
        Socket socket = take(source.stream());
        if (socket == null) {
            throw gone(source, "none of this number waits");
        }
        try {
            return new PipedStream(source.name(), socket, idle);
        } catch (IOException e) {
            close(socket);
            throw gone(source, e.toString());
        }
    }

    /** Takes a command's connection as it is; it is the caller's from now on. Null if none of this number waits. */
    public Socket take(long number) {
        Waiting found = waiting.remove(number);
        if (found != null) {
            found.over.countDown();
        }
        return found == null ? null : found.socket;
    }

    private static BackupException gone(StreamSource source, String why) {
        return BackupException.operator("stdin.gone", source.name().toString(), "the stream \"" + source.name() + "\" is not there: " + why
                + "; a stream waits " + WAIT_SECONDS + " s for its job, once: begin the command again");
    }

    /** Streams that still wait are closed; those taken go on. */
    @Override
    public void close() {
        closed.countDown();
        close(listening);
        waiting.values().forEach(left -> {
            close(left.socket);
            left.over.countDown();
        });
        try {
            Files.deleteIfExists(told);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", told, e.toString());
        }
    }

    /** Whatever comes of it: nothing is left to be done with it. */
    static void close(AutoCloseable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (Exception e) {
            LOG.debug("closing a socket: {}", e.toString());
        }
    }
}
