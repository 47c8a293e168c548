package org.azekura.wire;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.RenewalText;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HostReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the certificate of a host that has joined young: after two thirds of its life, by the time of the server that made it, it asks for another,
 * with a new key. Tells the server what this host's clock says, too. A home without one, or the server's own, is left alone. Safe for any
 * number of threads.
 */
public final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration ASK = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration FAILED_PAUSE = Duration.ofMinutes(5);
    /** Two roles of a process have one certificate: the second one finds it new. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final Path home;

    public Renewal(Path home) {
        this.home = home;
    }

    /**
     * Takes care of it as long as a conversation with the server lasts; returns at once.
     *
     * @param self by which this host has said hello, like {@code client/web1}
     * @param now  by the server, as it has just said
     */
    public void keep(Conversation server, String self, Instant now) {
        long saidAt = System.nanoTime();
        InstantSource clock = () -> now.plusNanos(System.nanoTime() - saidAt);
        Thread.ofVirtual().name("certificate of " + self).start(() -> run(server, self, clock));
    }

    private void run(Conversation server, String self, InstantSource clock) {
        try {
            Identity used = load();
            if (used == null) {
                return;
            }
            tell(server, used.certificate());
            tellTime(server);
            Duration pause = isDue(used.certificate(), clock.instant()) ? Duration.ZERO : pause(used.certificate(), clock.instant());
            while (!hasEnded(server, pause)) {
                tellTime(server);
                pause = step(server, self, clock);
            }
        } catch (BackupException e) {
            LOG.warn("the certificate of {}: {}", self, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean hasEnded(Conversation server, Duration pause) throws InterruptedException {
        try {
            server.ended().get(pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    private Duration step(Conversation server, String self, InstantSource clock) {
        try {
            return pause(renewIfDue(server, self, clock.instant()), clock.instant());
        } catch (BackupException e) {
            LOG.warn("the certificate of {} can't be renewed yet: {}", self, e.getMessage());
            return FAILED_PAUSE;
        }
    }

    private static boolean isDue(X509Certificate certificate, Instant now) {
        return !now.isBefore(Identity.due(certificate));
    }

    /** Until it is looked at again. Never long: the server wants to hear from time to time what the time is here. */
    private static Duration pause(X509Certificate certificate, Instant now) {
        Duration left = Duration.between(now, Identity.due(certificate));
        return left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : left;
    }

    /** Null if there is none, or it is the server's own. */
    private Identity load() throws BackupException {
        return Identity.load(home).filter(identity -> identity.server() != null).orElse(null);
    }

    private static void tell(Conversation server, X509Certificate used) throws BackupException {
        server.ask(new HostReport.Renewed(Identity.serial(used)), Answer.Done.class, ASK);
    }

    /** Its word counts where the server can't know how long it was away; without it the host does as well. */
    private static void tellTime(Conversation server) {
        try {
            server.ask(new HostReport.Time(Instant.now()), Answer.Done.class, ASK);
        } catch (BackupException e) {
            LOG.debug("the server does not take this host's time: {}", e.getMessage());
        }
    }

    /**
     * Renews it now, if it has come to an age.
     *
     * @param now by the server
     * @return what the home has from now on
     * @throws BackupException what the server says, {@code identity.*}: the home has the one that it had
     */
    X509Certificate renewIfDue(Conversation server, String self, Instant now) throws BackupException {
        ONE_AT_A_TIME.lock();
        try {
            Identity identity = load();
            if (identity == null) {
                throw BackupException.operator("identity.none", home.toString(), home + " has no identity any more; join again with \"azekura join URL CODE\"");
            }
            return isDue(identity.certificate(), now) ? renew(identity, server, self) : identity.certificate();
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private X509Certificate renew(Identity identity, Conversation server, String self) throws BackupException {
        KeyPair pair = HostKeys.generate();
        byte[] key = pair.getPublic().getEncoded();
        byte[] possession = HostKeys.sign(pair.getPrivate(), RenewalText.of(self, key));
        X509Certificate made = Identity.certificate(server.ask(new HostReport.Renew(key, possession), Answer.Certificate.class, ASK).certificate());
        check(identity, pair, made);
        new Identity(pair.getPrivate(), made, identity.authority(), identity.server()).save(home);
        LOG.info("{} has a new certificate until {}", self, made.getNotAfter().toInstant());
        tell(server, made);
        return made;
    }

    private static void check(Identity identity, KeyPair pair, X509Certificate made) throws BackupException {
        try {
            made.verify(identity.authority().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw wrong("it is not signed by the authority of this host: " + e.getMessage());
        }
        if (!Arrays.equals(made.getPublicKey().getEncoded(), pair.getPublic().getEncoded())) {
            throw wrong("it is for another key");
        }
        if (!Identity.names(made).containsAll(Identity.names(identity.certificate()))) {
            throw wrong("it names " + Identity.names(made) + ", expected " + Identity.names(identity.certificate()));
        }
    }

    private static BackupException wrong(String why) {
        return BackupException.corrupt("identity.certificate", "", "the new certificate from the server is not taken: " + why);
    }
}
