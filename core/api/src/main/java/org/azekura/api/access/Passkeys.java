package org.azekura.api.access;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Sessions.Login;
import org.azekura.api.catalog.Passkey;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keys that devices of users keep, each for one host name, and open by finger, face or PIN (WebAuthn). One is password and second factor together; beside a password
 * it is the second factor. What a browser has to sign is good once, for five minutes, and for the browser that asked for it. Safe for any number of threads.
 */
@ProviderType
public interface Passkeys {

    /** How a browser reached the appliance. @param host a name, or an address, for which there are no passkeys */
    record Site(String host, int port) {

        /** As browsers write it. */
        public String origin() {
            return "https://" + host + (port == 443 ? "" : ":" + port);
        }
    }

    /** Whether there can be any where the appliance was reached so. */
    boolean workAt(Site site);

    /** By name. */
    List<Passkey> list(UserName user) throws BackupException;

    /**
     * What a device is to make a key by.
     *
     * @param handle who it is for, said to nobody by this
     * @param known  ids of those that it may have already
     * @param kinds  of keys (COSE algorithms) that will do, the dearest first
     */
    record Wish(byte[] challenge, String host, UserName user, byte[] handle, List<byte[]> known, List<Long> kinds) {}

    /**
     * What a device is to sign.
     *
     * @param secret by which the browser shows that it is the one that asked
     * @param keys   ids of those that will do; empty: any
     */
    record Question(String secret, byte[] challenge, String host, List<byte[]> keys) {}

    /** What comes of the wish to begin. */
    sealed interface Start<T> {

        record Begun<T>(T asked) implements Start<T> {}

        /** He did not prove that it is he. */
        record Not<T>(Entry why) implements Start<T> {}
    }

    /**
     * @param again password, and a code if he has such a factor; null: the session has only just begun
     * @throws BackupException {@code passkey.host}: none can be here; {@code passkey.stale}: the session is too old to go without a password; {@code passkey.many}
     */
    Start<Wish> wish(Session session, Login again, Site site) throws BackupException;

    /** What a device made, as the browser hands it on. */
    record Creation(byte[] clientData, byte[] attestation) {}

    /** @param recovery codes that open once each if the device is lost, told here only; empty if he had some already */
    record Made(Passkey passkey, List<String> recovery) {}

    /** @throws BackupException {@code passkey.exists}, {@code passkey.name}; {@code passkey.*}: what is wrong with what the device made. Nothing was kept */
    Made make(Session session, String name, Creation creation) throws BackupException;

    /** For somebody who has said nothing about himself. @throws BackupException {@code passkey.host} */
    Question question(Site site, String from) throws BackupException;

    /** For somebody who has a password already. @throws BackupException {@code passkey.host}; {@code passkey.unknown}: he has none here */
    Start<Question> question(Login login, Site site, String from) throws BackupException;

    /** What a device signed, as the browser hands it on. @param user the handle that it has with the key; null: it said none */
    record Signature(byte[] credential, byte[] clientData, byte[] device, byte[] signature, byte[] user) {}

    /** @param secret of the question; null, unknown or used: it is refused */
    Entry open(String secret, Signature signature, String from) throws BackupException;

    /**
     * Takes one of his own from a user; his other sessions end.
     *
     * @param again as for {@link #wish}
     * @return with what went, or why it did not
     * @throws BackupException {@code passkey.unknown}, {@code passkey.stale}
     */
    Start<Passkey> remove(Session session, Login again, String id) throws BackupException;

    /** Takes one from a user who has lost it; all his sessions end. @throws BackupException {@code passkey.unknown} */
    Passkey remove(UserName user, String id) throws BackupException;
}
