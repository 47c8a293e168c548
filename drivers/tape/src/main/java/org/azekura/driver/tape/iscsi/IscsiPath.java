package org.azekura.driver.tape.iscsi;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;

/**
 * A logical unit of an iSCSI target. Each connection is a session of its own, so that what runs on one unit never waits for another.
 *
 * @param initiator who we are: a target can be made to let only this name in
 * @param lun       0 to 16383
 * @param location  the address as it was given
 * @param account   by which we and the target know each other; null for none
 */
public record IscsiPath(String initiator, String host, int port, String target, int lun, String location, ChapAccount account) implements ScsiPath {

    public static final int USUAL_PORT = 3260;
    public static final int MOST_LUN = 16_383;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /**
     * The same path with an account. Who we are is said to iSCSI targets only.
     *
     * @param chapFile that {@link ChapAccount#read} reads; empty: none
     * @throws BackupException {@code setting.chapFile}
     */
    public static ScsiPath known(ScsiPath path, String chapFile) throws BackupException {
        return !chapFile.isEmpty() && path instanceof IscsiPath iscsi ? iscsi.as(ChapAccount.read(chapFile)) : path;
    }

    /** The same, with proof of who we are. */
    public IscsiPath as(ChapAccount known) {
        return new IscsiPath(initiator, host, port, target, lun, location, known);
    }

    @Override
    public ScsiTransport open() throws BackupException {
        return open(PATIENCE);
    }

    /** @param patience for connection and login */
    IscsiTransport open(Duration patience) throws BackupException {
        long deadline = System.nanoTime() + patience.toNanos();
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw failed("the host " + host + " is not known; check the name, or give its address", null);
        }
        TcpWire wire = null;
        try {
            wire = TcpWire.connect(address, deadline);
            IscsiTransport transport = new IscsiTransport(wire, Session.login(wire, initiator, target, account, lun, deadline));
            wire = null;
            return transport;
        } catch (SocketTimeoutException e) {
            throw BackupException.device("device.timeout", location, location + ": no answer within " + patience.toSeconds() + " s; does " + host
                    + " run, and does an iSCSI target listen at port " + port + "?", e);
        } catch (ClosedByInterruptException e) {
            throw BackupException.device("device.interrupted", location, location + ": interrupted while it connected", e);
        } catch (ConnectException e) {
            throw failed("nothing listens at port " + port + " of " + host + "; start the iSCSI target there", e);
        } catch (IOException e) {
            throw failed(IscsiTransport.reason(e), e);
        } finally {
            if (wire != null) {
                wire.close();
            }
        }
    }

    private BackupException failed(String why, IOException cause) {
        return BackupException.device("device.io", location, location + ": cannot be opened: " + why, cause);
    }
}
