package org.azekura.server.driver;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.identity.PublisherCertificate;
import org.azekura.api.server.Publishers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publishers whom this appliance trusts: those of its distribution, and those in the catalog. Thread-safe. */
public final class PublisherBook implements Publishers {

    private static final Logger log = LoggerFactory.getLogger(PublisherBook.class);
    private static final String SETTING = "driver.publishers";
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\u2028\u2029/]{1," + PublisherCertificate.MAX_NAME + "}");

    private final CatalogStore catalog;
    private final List<byte[]> shipped;
    private final InstantSource clock;

    /** @param shipped certificates in DER, see {@link ShippedPublishers} */
    public PublisherBook(CatalogStore catalog, List<byte[]> shipped, InstantSource clock) {
        this.catalog = catalog;
        this.shipped = List.copyOf(shipped);
        this.clock = clock;
    }

    /** A publisher and what lets his packages in. */
    private record Known(Publisher publisher, byte[] certificate) {}

    @Override
    public List<Publisher> list() throws BackupException {
        return catalog.read(this::known).stream().map(Known::publisher).toList();
    }

    /** Whom a storage node is told to trust. Those whose certificates have expired are among them: what they signed is then refused for that. */
    public PublisherTrust trust() throws BackupException {
        return catalog.read(view -> new PublisherTrust(known(view).stream().map(Known::certificate).toList(), mode(view).on()));
    }

    private List<Known> known(CatalogView view) throws BackupException {
        List<KeptPublisher> kept = kept(view);
        List<Known> all = new ArrayList<>();
        for (byte[] certificate : shipped) {
            PublisherCertificate one = PublisherCertificate.read(certificate);
            if (kept.stream().noneMatch(row -> row instanceof KeptPublisher.Withdrawn(String print) && print.equals(one.fingerprint()))) {
                all.add(new Known(publisher(one.name(), one, true, null, ""), certificate));
            }
        }
        for (KeptPublisher row : kept) {
            if (row instanceof KeptPublisher.Trusted(String name, byte[] certificate, Instant at, String by)) {
                all.add(new Known(publisher(name, PublisherCertificate.read(certificate), false, at, by), certificate));
            }
        }
        all.sort(Comparator.comparing(one -> one.publisher.name()));
        return all;
    }

    private static List<KeptPublisher> kept(CatalogView view) throws BackupException {
        return KeptPublisher.parse(view.setting(SETTING).orElse(""));
    }

    private static Publisher publisher(String name, PublisherCertificate certificate, boolean shipped, Instant trusted, String by) {
        X509Certificate x509 = certificate.certificate();
        return new Publisher(name, certificate.fingerprint(), x509.getNotBefore().toInstant(), x509.getNotAfter().toInstant(), shipped, trusted, by);
    }

    @Override
    public Publisher trust(String certificate, String name, String by) throws BackupException {
        PublisherCertificate given = PublisherCertificate.parse(certificate);
        String called = name == null ? given.name() : name;
        if (!NAME.matcher(called).matches()) {
            throw BackupException.operator("publisher.invalid", called, "a publisher's name is 1 to " + PublisherCertificate.MAX_NAME + " characters without a slash,"
                    + " not \"" + called + "\"; give another with --name");
        }
        Publisher wanted = publisher(called, given, false, clock.instant(), by);
        if (wanted.standing(clock.instant()) == Standing.EXPIRED) {
            throw BackupException.operator("publisher.expired", called, "the certificate of \"" + called + "\" expired at " + wanted.until()
                    + ": nothing that it signed would be let in");
        }
        Publisher now = catalog.write(edit -> trust(edit, given, wanted));
        if (now.equals(wanted)) {
            log.warn("publisher \"{}\" is trusted by {}: certificate {} until {}", called, by, wanted.fingerprint(), wanted.until());
        }
        return now;
    }

    private Publisher trust(CatalogEdit edit, PublisherCertificate given, Publisher wanted) throws BackupException {
        List<KeptPublisher> kept = new ArrayList<>(kept(edit));
        if (kept.removeIf(row -> row instanceof KeptPublisher.Withdrawn(String print) && print.equals(given.fingerprint()))) {
            edit.putSetting(SETTING, KeptPublisher.text(kept));
            log.warn("publisher \"{}\" of the distribution is trusted again by {}", wanted.name(), wanted.by());
        }
        List<Publisher> all = known(edit).stream().map(Known::publisher).toList();
        Optional<Publisher> same = all.stream().filter(one -> one.fingerprint().equals(given.fingerprint())).findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (all.stream().anyMatch(one -> one.name().equals(wanted.name()))) {
            throw BackupException.operator("publisher.exists", wanted.name(), "another certificate of \"" + wanted.name() + "\" is trusted already; remove that, or"
                    + " give this another name with --name");
        }
        if (kept.size() >= KeptPublisher.MOST) {
            throw BackupException.operator("publisher.many", wanted.name(), "more than " + KeptPublisher.MOST + " publishers are not kept; remove one");
        }
        kept.add(new KeptPublisher.Trusted(wanted.name(), given.der(), wanted.trusted(), wanted.by()));
        edit.putSetting(SETTING, KeptPublisher.text(kept));
        return wanted;
    }

    @Override
    public void distrust(String name, String by) throws BackupException {
        Publisher gone = catalog.write(edit -> {
            Publisher found = known(edit).stream().map(Known::publisher).filter(one -> one.name().equals(name)).findFirst()
                    .orElseThrow(() -> BackupException.operator("publisher.unknown", name, "no publisher \"" + name + "\" is trusted; \"azekura driver trust"
                    + " list\" names them all"));
            List<KeptPublisher> kept = new ArrayList<>(kept(edit));
            if (found.shipped()) {
                kept.add(new KeptPublisher.Withdrawn(found.fingerprint()));
            } else {
                kept.removeIf(row -> row instanceof KeptPublisher.Trusted trusted && trusted.name().equals(name));
            }
            edit.putSetting(SETTING, KeptPublisher.text(kept));
            return found;
        });
        log.warn("publisher \"{}\" is trusted no more, by {}: certificate {}; drivers of his that run go on", name, by, gone.fingerprint());
    }

    @Override
    public DevelopmentMode development() throws BackupException {
        return catalog.read(PublisherBook::mode);
    }

    private static DevelopmentMode mode(CatalogView view) throws BackupException {
        return DevelopmentSetting.parse(view.setting(DevelopmentSetting.NAME).orElse(""));
    }

    @Override
    public void development(boolean on, String by) throws BackupException {
        DevelopmentMode wanted = new DevelopmentMode(on, clock.instant().truncatedTo(ChronoUnit.SECONDS), by);
        boolean changed = catalog.write(edit -> {
            // One that is damaged is set anew, whatever it was.
            boolean same = edit.setting(DevelopmentSetting.NAME).orElse("off").startsWith(on ? "on" : "off");
            if (!same) {
                edit.putSetting(DevelopmentSetting.NAME, DevelopmentSetting.text(wanted));
            }
            return !same;
        });
        if (changed) {
            log.warn("{}", wanted.sentence());
        }
    }
}
