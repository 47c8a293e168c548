package org.azekura.driver.sftp;

import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.Set;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.azekura.api.BackupException;

/** Knows the server by its key. No other is let in, and none for want of a known one. */
final class HostKeys implements ServerKeyVerifier {

    private final Setup setup;
    /** What was refused last, null if nothing was. */
    private volatile String refused;

    HostKeys(Setup setup) {
        this.setup = setup;
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        String shown = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        boolean known = setup.hostKeys().contains(shown);
        refused = known ? null : shown + " (" + KeyUtils.getKeyType(key) + ")";
        return known;
    }

    /** @throws BackupException {@code setting.hostKey} if the last server was another, or nobody has said which it is */
    void check() throws BackupException {
        Set<String> known = setup.hostKeys();
        if (refused != null) {
            throw BackupException.operator("setting.hostKey", setup.host(), "the server at " + setup.host() + " port " + setup.port() + " has the host key " + refused
                    + (known.isEmpty() ? "; compare that with what its operator says, and give it as the setting hostKey"
                            : ", expected " + String.join(" or ", known) + "; it is another server, or has a new key: ask its operator before you change the setting hostKey"));
        }
    }
}
