package org.azekura.server.enrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.azekura.api.identity.Identity;
import org.azekura.ca.CaDoor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnIdentityTest {

    private static final Set<String> NAMES = Set.of("server/b", "client/b");

    @TempDir
    Path home;
    private final SetClock clock = new SetClock();
    private Certificates certificates;

    @BeforeEach
    void open() throws Exception {
        certificates = new Certificates(CaDoor.open(home, clock), Duration.ofDays(90), clock, clock);
    }

    private Identity ensured(Set<String> names) throws Exception {
        new OwnIdentity(home, names, certificates).ensure();
        return Identity.load(home).orElseThrow();
    }

    @Test
    void isMadeOnceAndRenewedInItsLastThird() throws Exception {
        Identity first = ensured(NAMES);
        assertEquals(NAMES, Identity.names(first.certificate()));
        assertNull(first.server());
        assertEquals(first.certificate(), ensured(NAMES).certificate());
        clock.pass(Duration.ofDays(59));
        assertEquals(first.certificate(), ensured(NAMES).certificate());
        clock.pass(Duration.ofDays(2));
        assertNotEquals(first.certificate(), ensured(NAMES).certificate());
    }

    @Test
    void followsTheRolesOfTheProcess() throws Exception {
        ensured(NAMES);
        assertEquals(Set.of("server/b"), Identity.names(ensured(Set.of("server/b")).certificate()));
    }

    @Test
    void isMadeAnewWhenItCannotBeReadOrIsOfAnotherAuthority(@TempDir Path other) throws Exception {
        Identity first = ensured(NAMES);
        Files.writeString(Identity.file(home), "nonsense");
        Identity second = ensured(NAMES);
        assertNotEquals(first.certificate(), second.certificate());
        certificates = new Certificates(CaDoor.open(other, clock), Duration.ofDays(90), clock, clock);
        assertEquals(certificates.authority(), ensured(NAMES).authority());
    }
}
