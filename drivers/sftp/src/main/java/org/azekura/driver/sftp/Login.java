package org.azekura.driver.sftp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.azekura.api.BackupException;

/**
 * What opens the server.
 *
 * @param password empty for none
 * @param key      null for none
 */
record Login(String password, KeyPair key) {

    /** A file of a private key, whose lines an input field or a shell may have joined. */
    private static final Pattern KEY = Pattern.compile("-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\\s]{1,65536})-----END OPENSSH PRIVATE KEY-----");

    static {
        Ed25519.use();
    }

    /** @throws BackupException {@code setting.password}, {@code setting.privateKey}, {@code setting.passphrase} */
    static Login check(SftpDevice.Settings settings) throws BackupException {
        String password = settings.password() == null ? "" : settings.password();
        String key = Setup.text(settings.privateKey());
        if (password.isEmpty() && key.isEmpty()) {
            throw Setup.refused("password", "", "give password or privateKey");
        }
        return new Login(password, key.isEmpty() ? null : key(key, settings.passphrase() == null ? "" : settings.passphrase()));
    }

    private static KeyPair key(String text, String passphrase) throws BackupException {
        Matcher file = KEY.matcher(text);
        if (!file.find()) {
            throw Setup.refused("privateKey", "", "give the whole content of a private key's file that begins with \"-----BEGIN OPENSSH PRIVATE KEY-----\";"
                    + " \"ssh-keygen -p -f FILE\" turns others into one");
        }
        String lines = "-----BEGIN OPENSSH PRIVATE KEY-----\n" + file.group(1).replaceAll("\\s", "").replaceAll("(.{70})", "$1\n") + "\n-----END OPENSSH PRIVATE KEY-----\n";
        boolean[] asked = {false};
        FilePasswordProvider closed = (session, resource, retry) -> {
            asked[0] = true;
            return passphrase;
        };
        try {
            Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("privateKey"), new ByteArrayInputStream(lines.getBytes(US_ASCII)), closed);
            Iterator<KeyPair> all = keys == null ? null : keys.iterator();
            if (all != null && all.hasNext()) {
                return all.next();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (asked[0]) {
                throw Setup.refused("passphrase", "", passphrase.isEmpty() ? "the private key has one; give it" : "it is not that of the private key");
            }
        }
        throw Setup.refused("privateKey", "", "its text is damaged or of a kind that is not known here; take an ed25519, ecdsa or rsa key");
    }

    void offer(ClientSession session) {
        if (key != null) {
            session.addPublicKeyIdentity(key);
        }
        if (!password.isEmpty()) {
            session.addPasswordIdentity(password);
        }
    }

    /** With what it is tried, for people, without secrets. */
    String told() {
        String ours = key == null ? "" : "the key " + KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
        return ours + (key != null && !password.isEmpty() ? " and " : "") + (password.isEmpty() ? "" : "the password");
    }

    /** Without what nobody may see. */
    @Override
    public String toString() {
        return told();
    }
}
