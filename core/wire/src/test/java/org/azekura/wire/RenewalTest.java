package org.azekura.wire;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.RenewalText;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HostReport;
import org.azekura.api.message.Message;
import org.azekura.ca.CaDoor;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host's side of a renewal. */
@Timeout(300)
class RenewalTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String SELF = "client/web1";
    private static final Set<String> NAMES = Set.of(SELF, "node/web1");

    @TempDir
    Path home;
    @TempDir
    Path appliance;
    private final BlockingQueue<Message> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> times = new LinkedBlockingQueue<>();
    private CertificateAuthority ca;
    private Identity first;
    private Conversation server;
    /** What is certified instead of what was asked for. */
    private PublicKey otherKey;
    private Set<String> given = NAMES;
    private CertificateAuthority signer;

    @BeforeEach
    void join() throws Exception {
        ca = CaDoor.open(appliance.resolve("one"), InstantSource.system());
        signer = ca;
        KeyPair pair = HostKeys.generate();
        first = new Identity(pair.getPrivate(), issue(pair.getPublic(), Duration.ofDays(90)), ca.certificate(), Endpoint.parse("local:server"));
        LocalTransport transport = new LocalTransport();
        transport.listen("server", "server/s", connection -> new Conversation(connection, this::answer).start());
        server = new Conversation(transport.dial("server", SELF, LONG), message -> new Answer.Done()).start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private X509Certificate issue(PublicKey key, Duration life) throws BackupException {
        return signer.issue(key, given, Instant.now().plus(life));
    }

    private Answer answer(Message message) throws BackupException {
        if (message instanceof HostReport.Time) {
            times.add(message);
            return new Answer.Done();
        }
        reports.add(message);
        if (!(message instanceof HostReport.Renew renew)) {
            return new Answer.Done();
        }
        PublicKey key = HostKeys.decode(renew.publicKey());
        assertTrue(HostKeys.verifies(key, RenewalText.of(SELF, renew.publicKey()), renew.possession()));
        try {
            return new Answer.Certificate(issue(otherKey == null ? key : otherKey, Duration.ofDays(180)).getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw BackupException.bug("test", e);
        }
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time);
    }

    private static Instant late() {
        return in(Duration.ofDays(61));
    }

    private Renewal kept() throws BackupException {
        first.save(home);
        return new Renewal(home);
    }

    private X509Certificate certificate() throws BackupException {
        return Identity.load(home).orElseThrow().certificate();
    }

    @Test
    void anOldCertificateGetsANewKeyAndTheServerHearsThatItIsKept() throws Exception {
        X509Certificate second = kept().renewIfDue(server, SELF, late());
        assertEquals(second, certificate());
        assertEquals(NAMES, Identity.names(second));
        assertNotEquals(first.certificate().getPublicKey(), second.getPublicKey());
        assertEquals(HostReport.Renew.class, reports.poll(120, TimeUnit.SECONDS).getClass());
        assertEquals(new HostReport.Renewed(Identity.serial(second)), reports.poll(120, TimeUnit.SECONDS));
    }

    @Test
    void aYoungOneIsLeftAlone() throws Exception {
        assertEquals(first.certificate(), kept().renewIfDue(server, SELF, in(Duration.ofDays(59))));
        assertTrue(reports.isEmpty());
    }

    @Test
    void whatIsNotWhatWasAskedForIsNotTaken() throws Exception {
        Renewal renewal = kept();
        otherKey = HostKeys.generate().getPublic();
        assertRefused("identity.certificate", () -> renewal.renewIfDue(server, SELF, late()));
        otherKey = null;
        given = Set.of(SELF);
        assertRefused("identity.certificate", () -> renewal.renewIfDue(server, SELF, late()));
        given = NAMES;
        signer = CaDoor.open(appliance.resolve("other"), InstantSource.system());
        assertRefused("identity.certificate", () -> renewal.renewIfDue(server, SELF, late()));
        assertEquals(first.certificate(), certificate());
    }

    @Test
    void aHostSaysWhichOneItUsesWhenItComesIn() throws Exception {
        kept().keep(server, SELF, Instant.now());
        assertEquals(new HostReport.Renewed(Identity.serial(first.certificate())), reports.poll(120, TimeUnit.SECONDS));
        HostReport.Time told = (HostReport.Time) times.poll(120, TimeUnit.SECONDS);
        assertTrue(Duration.between(told.now(), Instant.now()).abs().compareTo(Duration.ofMinutes(1)) < 0, told::toString);
    }

    @Test
    void anOldOneIsRenewedByItself() throws Exception {
        kept().keep(server, SELF, late());
        assertEquals(new HostReport.Renewed(Identity.serial(first.certificate())), reports.poll(120, TimeUnit.SECONDS));
        assertEquals(HostReport.Renew.class, reports.poll(120, TimeUnit.SECONDS).getClass());
        HostReport.Renewed told = (HostReport.Renewed) reports.poll(120, TimeUnit.SECONDS);
        assertEquals(told.serial(), Identity.serial(certificate()));
        assertNotEquals(first.certificate(), certificate());
    }

    @Test
    void theServersOwnAndAHomeWithoutOneAreLeftAlone() throws Exception {
        new Renewal(home).keep(server, SELF, Instant.now());
        new Identity(first.key(), first.certificate(), first.authority(), null).save(home);
        new Renewal(home).keep(server, SELF, late());
        assertRefused("identity.none", () -> new Renewal(home).renewIfDue(server, SELF, late()));
        assertTrue(reports.isEmpty());
        assertTrue(Files.exists(Identity.file(home)));
    }
}
