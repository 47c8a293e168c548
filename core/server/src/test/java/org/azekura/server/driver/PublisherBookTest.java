package org.azekura.server.driver;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.azekura.api.identity.PublisherCertificate;
import org.azekura.api.server.Publishers.DevelopmentMode;
import org.azekura.api.server.Publishers.Publisher;
import org.azekura.api.server.Publishers.Standing;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherBookTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    @TempDir
    Path dir;
    private CatalogDoor catalog;

    @BeforeEach
    void open() {
        catalog = new CatalogDoor(dir);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private PublisherBook book(String... shipped) throws Exception {
        Path folder = Files.createDirectories(dir.resolve("dist/etc/publishers"));
        for (String name : shipped) {
            Files.writeString(folder.resolve(name + ".pem"), Pem.of(name));
        }
        return new PublisherBook(catalog.catalog(), ShippedPublishers.in(dir.resolve("dist")), InstantSource.fixed(NOW));
    }

    @Test
    void trustsWhoIsShippedFromTheStartAndListsHimAsSuch() throws Exception {
        Files.createDirectories(dir.resolve("dist/etc/publishers"));
        Files.writeString(dir.resolve("dist/etc/publishers/broken.pem"), "nothing");
        Publisher only = book("bob").list().getFirst();
        assertEquals("Bob", only.name());
        assertTrue(only.shipped());
        assertEquals("", only.by());
        assertEquals(List.of(), ShippedPublishers.in(null));
        assertEquals(List.of(), ShippedPublishers.in(dir.resolve("none")));
    }

    @Test
    void remembersWhomSomebodyTrustedAndWhoDidWhen() throws Exception {
        Publisher made = book().trust(Pem.of("ann"), null, "Eve");
        assertEquals(new Publisher("Ann , Author", made.fingerprint(), Instant.parse("2020-01-01T00:00:00Z"), made.until(), false, NOW, "Eve"), made);
        assertEquals(List.of(made), book().list(), "in another run, too");
        assertEquals(1, book().trust().certificates().size());
        assertArrayEquals(PublisherCertificate.parse(Pem.of("ann")).der(), book().trust().certificates().getFirst());
        assertEquals(made, book().trust(Pem.of("ann"), "again", "Adam"), "one is trusted once");
        assertEquals("O=Example,C=DE", PublisherCertificate.parse(Pem.of("nobody")).name());
    }

    @Test
    void takesNoSecondOfOneNameUnlessHeIsCalledOtherwise() throws Exception {
        PublisherBook book = book();
        book.trust(Pem.of("bob"), null, "Eve");
        assertRefused("publisher.exists", () -> book.trust(Pem.of("other-bob"), null, "Eve"));
        book.trust(Pem.of("other-bob"), "Bob's new key", "Eve");
        assertEquals(List.of("Bob", "Bob's new key"), book.list().stream().map(Publisher::name).toList());
        book.distrust("Bob", "Eve");
        assertEquals(List.of("Bob's new key"), book.list().stream().map(Publisher::name).toList());
        assertRefused("publisher.unknown", () -> book.distrust("Bob", "Eve"));
    }

    @Test
    void refusesWhatIsNoCertificateOrIsOfNoUse() throws Exception {
        PublisherBook book = book();
        assertRefused("publisher.invalid", () -> book.trust("hello", null, "Eve"));
        assertRefused("publisher.invalid", () -> book.trust(Pem.of("ann").replaceFirst("[A-Z]{6}", "AAAAAA").substring(0, 200), null, "Eve"));
        assertRefused("publisher.invalid", () -> book.trust(Pem.of("ann"), "a/b", "Eve"));
        assertRefused("publisher.invalid", () -> book.trust(Pem.of("ann"), "", "Eve"));
        assertRefused("publisher.expired", () -> book.trust(Pem.of("old"), null, "Eve"));
        assertEquals(List.of(), book.list());
    }

    @Test
    void namesOneWhoHasExpired() throws Exception {
        Publisher old = book("old").list().getFirst();
        assertEquals(Standing.EXPIRED, old.standing(NOW));
        assertEquals(Standing.TRUSTED, old.standing(Instant.parse("2019-06-01T00:00:00Z")));
        assertEquals(Standing.EARLY, old.standing(Instant.parse("2018-06-01T00:00:00Z")));
        assertEquals(1, book("old").trust().certificates().size(), "what he signed is refused as expired, not as foreign");
    }

    @Test
    void whoIsShippedCanBeDistrustedAndTrustedAgain() throws Exception {
        book("bob").distrust("Bob", "Eve");
        assertEquals(List.of(), book("bob").list());
        assertEquals(List.of(), book("bob").trust().certificates());
        assertTrue(book("bob").trust(Pem.of("bob"), null, "Eve").shipped());
        assertEquals(1, book("bob").list().size());
    }

    @Test
    void letsInUnsignedOnesOnlyWhileThatIsOn() throws Exception {
        assertFalse(book().trust().development());
        book().development(true, "Eve");
        assertTrue(book().development().on() && book().trust().development());
        book().development(true, "Adam");
        assertEquals(new DevelopmentMode(true, NOW, "Eve"), book().development(), "who turned it on did, not who wants it on, too");
        book().development(false, "Adam, the admin");
        assertFalse(book().trust().development());
        assertEquals(new DevelopmentMode(false, NOW, "Adam, the admin"), book().development());
    }

    @Test
    void readsHowDevelopmentModeIsKept() throws Exception {
        assertEquals(new DevelopmentMode(false, null, ""), DevelopmentSetting.parse(""));
        assertEquals(new DevelopmentMode(true, null, ""), DevelopmentSetting.parse("on"));
        assertEquals("on 2026-11-26T00:00:00Z Eve, of course", DevelopmentSetting.text(DevelopmentSetting.parse("on 2026-11-26T00:00:00Z Eve, of course")));
        for (String damaged : List.of("On", "yes 2026-11-26T00:00:00Z Eve", "on now Eve")) {
            assertRefused("publisher.corrupt", () -> DevelopmentSetting.parse(damaged));
        }
    }

    @Test
    void keepsRowsThatALaterVersionReads() throws Exception {
        List<KeptPublisher> kept = List.of(new KeptPublisher.Trusted("Ann", new byte[] {1, 2}, Instant.ofEpochSecond(7, 9), "Eve"),
                new KeptPublisher.Withdrawn("ab"));
        String golden = "gwB1S2VwdFB1Ymxpc2hlci5UcnVzdGVkv2RuYW1lY0FubmtjZXJ0aWZpY2F0ZUIBAmJhdIIHCWJieWNFdmX/\n"
                + "gwB3S2VwdFB1Ymxpc2hlci5XaXRoZHJhd26/a2ZpbmdlcnByaW50YmFi/w==";
        assertEquals(golden, KeptPublisher.text(kept));
        assertEquals(golden, KeptPublisher.text(KeptPublisher.parse(golden)));
        assertRefused("publisher.corrupt", () -> KeptPublisher.parse("!"));
        assertRefused("publisher.corrupt", () -> KeptPublisher.parse("AAAA"));
        assertEquals(List.of(), KeptPublisher.parse(""));
    }
}
