package org.azekura.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.azekura.api.BackupException;

/**
 * An open serial line, without flow control. One thread at a time, on a platform thread, for a read blocks it in slices of {@value #SLICE_ms} ms; only
 * {@link #close} may come from any other: who reads then ends within two slices.
 *
 * <p>It has no listener of the library: a reader with slices notices a hang-up (it reads -1, while the port counts as open still) and can be ended. A
 * pseudo-terminal is opened by its resolved name, takes any speed and parity, and reports an error number behind a good open, which means nothing.
 */
public final class SerialLine implements AutoCloseable {

    /** A tenth of a second is what the terminal of a kernel counts in. */
    static final int SLICE_ms = 100;
    private static final long WRITE_ns = 2_000_000_000L;
    /** Before another try when the kernel's buffer is full. */
    private static final long FULL_ns = 20_000_000L;

    private final SerialPort port;
    private final String name;
    private volatile boolean closed;

    private SerialLine(SerialPort port, String name) {
        this.port = port;
        this.name = name;
    }

    /**
     * @param name like {@code /dev/ttyS0}; a symbolic link is followed
     * @throws BackupException {@code device.io} if there is no such line, it may not be used, somebody else has it, or the native library does not load
     */
    public static SerialLine open(String name, LineSettings settings) throws BackupException {
        try {
            Path real = Path.of(name).toRealPath();
            if (Files.isRegularFile(real) || Files.isDirectory(real)) {
                throw broken(name, "is no serial line; one is like /dev/ttyS0", null);
            }
            SerialPort port = SerialPort.getCommPort(real.toString());
            settings.set(port);
            port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
            port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SLICE_ms, 0);
            if (!port.openPort(0)) {
                throw broken(name, "can't be opened (error " + port.getLastErrorCode() + " at " + port.getLastErrorLocation()
                        + "); who runs this must be in the group dialout, and nobody else may have it", null);
            }
            return new SerialLine(port, name);
        } catch (IOException e) {
            throw broken(name, "is not there", e);
        } catch (SerialPortInvalidPortException | IllegalArgumentException e) {
            throw broken(name, "is no serial line", e);
        } catch (LinkageError | IllegalStateException e) {
            throw broken(name, "can't be used: the native library does not load here: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    private static BackupException broken(String name, String what, Throwable cause) {
        return BackupException.device("device.io", name, "serial line " + name + " " + what, cause);
    }

    /**
     * Reads what is there, or what comes first within this time.
     *
     * @return bytes read; 0 if nothing came
     * @throws BackupException {@code device.io} if the other end hung up, {@code device.closed}
     */
    public int read(byte[] into, Duration patience) throws BackupException {
        long end = System.nanoTime() + patience.toNanos();
        do {
            requireOpen();
            int count = port.readBytes(into, into.length);
            requireOpen();
            if (count < 0) {
                throw broken(name, "hung up", null);
            }
            if (count > 0) {
                return count;
            }
        } while (System.nanoTime() - end < 0);
        return 0;
    }

    /** Forgets what has come and was not read. */
    public void drain() throws BackupException {
        byte[] lost = new byte[256];
        for (int most = 64; most > 0 && there() > 0; most--) {
            read(lost, Duration.ZERO);
        }
    }

    /** How many bytes can be read at once. */
    private int there() throws BackupException {
        requireOpen();
        int count = port.bytesAvailable();
        if (count < 0) {
            throw broken(name, "hung up", null);
        }
        return count;
    }

    /** @throws BackupException {@code device.io} if it is not taken within two seconds, {@code device.closed} */
    public void write(byte[] bytes) throws BackupException {
        long end = System.nanoTime() + WRITE_ns;
        for (int written = 0; written < bytes.length;) {
            requireOpen();
            int count = port.writeBytes(bytes, bytes.length - written, written);
            if (count <= 0) {
                there(); // a line that hung up takes nothing, and only here says why
                LockSupport.parkNanos(FULL_ns);
            }
            if (System.nanoTime() - end > 0) {
                throw broken(name, "takes nothing", null);
            }
            written += Math.max(0, count);
        }
    }

    private void requireOpen() throws BackupException {
        if (closed) {
            throw BackupException.device("device.closed", name, "serial line " + name + " is closed", null);
        }
    }

    @Override
    public void close() {
        closed = true;
        port.closePort();
    }
}
