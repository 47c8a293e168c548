package org.azekura.driver.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StreamCorruptedException;
import java.net.SocketTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;

/** Says what a failed request means. Version 3 of the protocol has few words; a full disk and much else is only {@code SSH_FX_FAILURE}. */
final class SftpFault {

    private static final int MAX_WORDS = 200;

    private static final Set<Integer> DISAGREED = Set.of(SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED, SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR,
            SshConstants.SSH2_DISCONNECT_PROTOCOL_VERSION_NOT_SUPPORTED);

    private SftpFault() {}

    /** @param doing what failed, like {@code write packs/3f/3f2a} */
    static BackupException of(Exception e, Setup setup, String doing) {
        String where = doing(doing, setup);
        return e instanceof SftpException answer ? answered(answer, setup, where)
                : unanswered(e, setup, where + (e instanceof StreamCorruptedException ? "" : "the connection is lost: "));
    }

    /** That there is no connection, or none any more: it is waited for. A server that speaks, but not as it should, is no better later. */
    static BackupException unreached(Exception e, Setup setup, String doing) {
        if (e instanceof SftpException) {
            return of(e, setup, doing);
        }
        String where = doing(doing, setup) + "the server can't be reached: ";
        Throwable root = root(e);
        return isInterrupted(e, root) || e instanceof StreamCorruptedException || isDisagreed(root) ? unanswered(e, setup, where)
                : BackupException.network("device.away", setup.location(), where + words(root), e);
    }

    /** Whether the server was met, and the two found no words in common. */
    private static boolean isDisagreed(Throwable root) {
        return root instanceof SshException ssh && DISAGREED.contains(ssh.getDisconnectCode());
    }

    private static boolean isInterrupted(Exception e, Throwable root) {
        return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException) || root instanceof InterruptedException;
    }

    private static Throwable root(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Whether a connection has ended that was there, or can't be gone on with. */
    static boolean isLost(BackupException fault) {
        return fault.failure().kind() == Failure.Kind.NETWORK && fault.failure().code().equals("device.io");
    }

    private static BackupException answered(SftpException e, Setup setup, String where) {
        String said = where + "the server answers " + SftpConstants.getStatusName(e.getStatus()) + words(e);
        return switch (e.getStatus()) {
            case SftpConstants.SSH_FX_PERMISSION_DENIED, SftpConstants.SSH_FX_WRITE_PROTECT ->
                BackupException.operator("device.denied", setup.location(), said + "; let the user " + setup.user() + " read and write there");
            case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED -> full(e, setup, where);
            case SftpConstants.SSH_FX_NO_CONNECTION, SftpConstants.SSH_FX_CONNECTION_LOST -> BackupException.network("device.io", setup.location(), said, e);
            default -> tellsOfRoom(e) ? full(e, setup, where) : BackupException.device("device.io", setup.location(), said, e);
        };
    }

    private static boolean tellsOfRoom(SftpException e) {
        String words = words(e).toLowerCase(Locale.ROOT);
        return words.contains("no space") || words.contains("quota") || words.contains("disk full");
    }

    /** @param why what the server said when it took no more */
    static BackupException full(SftpException why, Setup setup, String where) {
        return BackupException.media("device.full", setup.location(), where + "there is no room left" + words(why) + "; free some or use another volume", why);
    }

    static String doing(String what, Setup setup) {
        return "cannot " + what + " at " + setup.location() + ": ";
    }

    private static String words(SftpException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? "" : " (" + (message.length() > MAX_WORDS ? message.substring(0, MAX_WORDS) + "…" : message) + ")";
    }

    private static BackupException unanswered(Exception e, Setup setup, String where) {
        Throwable root = root(e);
        if (e instanceof SocketTimeoutException || root instanceof TimeoutException || root instanceof SocketTimeoutException) {
            return BackupException.network("device.timeout", setup.location(), where + words(root), e);
        }
        return isInterrupted(e, root)
                ? BackupException.device("device.interrupted", setup.location(), where + "the call was interrupted", e)
                : BackupException.network("device.io", setup.location(), where + words(e instanceof StreamCorruptedException ? e : root), e);
    }

    private static String words(Throwable e) {
        if (e instanceof UnresolvedAddressException) {
            return "nobody knows the address of that name";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Whether there is nothing of that name: the file, or a folder on the way to it. */
    static boolean absent(IOException e) {
        return e instanceof SftpException answer
                && (answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE || answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH);
    }

    static BackupException closed(Setup setup) {
        return BackupException.device("device.closed", setup.location(), "the device at " + setup.location() + " is closed; open it again", null);
    }

    static BackupException exists(String key, Setup setup) {
        return BackupException.operator("blob.exists", key, "the key " + key + " is taken at " + setup.location() + "; use another");
    }

    static BackupException missing(String key, Setup setup) {
        return BackupException.media("blob.missing", key, "there is no blob " + key + " at " + setup.location(), null);
    }
}
