package org.azekura.driver.sftp;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.azekura.api.device.BlobWriter;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.sftp.Sshd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys as OpenSSH's {@code ssh-keygen} makes them. */
class LoginTest {

    @TempDir
    Path dir;

    @BeforeEach
    void require() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "the package openssh-client is missing");
    }

    static {
        Ed25519.use();
    }

    private String made(String kind, String passphrase) throws Exception {
        Path file = dir.resolve(kind + passphrase);
        Sshd.run("ssh-keygen", "-q", "-t", kind, "-b", kind.equals("rsa") ? "2048" : "256", "-a", "1", "-N", passphrase, "-C", "", "-f", file.toString());
        return Files.readString(file);
    }

    private String fingerprint(String kind, String passphrase) throws Exception {
        return Sshd.run("ssh-keygen", "-l", "-f", dir.resolve(kind + passphrase + ".pub").toString()).split(" ")[1];
    }

    @Test
    void opensKeysOfEveryKindHoweverTheirLinesCame() throws Exception {
        for (String kind : List.of("ed25519", "ecdsa", "rsa")) {
            String key = made(kind, "");
            for (String given : List.of(key, "\n" + key.replace("\n", "\r\n"), key.replace("\n", " "), key.replace("\n", ""))) {
                String told = new Given().with("privateKey", given).check().login().told();
                assertTrue(told.contains(fingerprint(kind, "")), kind + ": " + told);
            }
        }
        String told = new Given().with("privateKey", made("ed25519", "so long")).with("passphrase", "so long").check().login().told();
        assertTrue(told.contains(fingerprint("ed25519", "so long")), told);
    }

    @Test
    void saysWhatIsWrongWithAKeyAndNothingThatIsInIt() throws Exception {
        String closed = made("ed25519", "so long");
        assertRefused("setting.passphrase", () -> new Given().with("privateKey", closed).check());
        String message = assertRefused("setting.passphrase", () -> new Given().with("privateKey", closed).with("passphrase", "too short").check()).getMessage();
        assertFalse(message.contains("too short"), message);
        String open = made("ed25519", "");
        int middle = open.length() / 2;
        for (String damaged : List.of(open.substring(0, middle) + open.substring(middle + 4), open.replaceFirst("[a-z]{3}", "AAA"), open.substring(0, middle))) {
            assertRefused("setting.privateKey", () -> new Given().with("privateKey", damaged).check());
        }
    }

    /** In a bundle they may be those of somebody else's thread, and only a part of them. */
    @Test
    void takesNoCiphersButTheJdks() throws Exception {
        Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider");
        assertTrue(SecurityUtils.isEDDSACurveSupported());
        assertFalse(SecurityUtils.isBouncyCastleRegistered());
        assertNull(Security.getProvider("BC"));
    }

    /** The library's own server: one that is not OpenSSH's. */
    @Test
    void aPasswordOpensAServerThatSyncsNothing() throws Exception {
        Files.writeString(dir.resolve("host"), made("ecdsa", ""));
        try (SshServer server = SshServer.setUpDefaultServer()) {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(KeyPairProvider.wrap(new Given().with("privateKey", Files.readString(dir.resolve("host"))).check().login().key()));
            PasswordAuthenticator only = (user, password, session) -> user.equals("backup") && password.equals("let me in");
            server.setPasswordAuthenticator(only);
            server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
            server.start();
            Given given = new Given().with("port", server.getPort()).with("hostKey", fingerprint("ecdsa", "")).with("path", dir.resolve("root").toString());
            try (SftpStore store = new SftpStore(given.with("password", "let me in").check())) {
                Blobs.put(store, "packs/blob", new byte[300_000]);
                assertRefused("blob.exists", () -> store.create("packs/blob"));
                try (BlobWriter one = store.create("packs/other"); BlobWriter late = store.create("packs/other")) {
                    one.write(ByteBuffer.wrap(new byte[] {1}));
                    one.commit();
                    assertRefused("blob.exists", late::commit);
                }
                assertTrue(Blobs.list(store, "packs/").containsKey("packs/other"));
            }
            try (SftpStore store = new SftpStore(given.with("password", "let me out").check())) {
                String message = assertRefused("device.denied", store::space).getMessage();
                assertTrue(message.contains("the user backup in with the password") && !message.contains("let me"), message);
            }
        }
    }
}
