package org.azekura.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport;
import org.junit.jupiter.api.Test;

/** Which transports hear of revoked certificates, and when. */
class DistrustTest {

    private static final class Told implements Transport {

        final List<Set<String>> lists = new ArrayList<>();

        @Override
        public String scheme() {
            return "told";
        }

        @Override
        public Listener listen(String service, String self, Consumer<Connection> accept) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection dial(String address, String self, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void distrust(Set<String> serials) {
            lists.add(serials);
        }
    }

    private final Transports transports = new Transports();

    @Test
    void thoseThatAreThereAndThoseThatComeAreTold() {
        Told first = new Told();
        transports.add(first);
        transports.distrust(Set.of("1f"));
        Told second = new Told();
        transports.add(second);
        transports.distrust(Set.of("1f", "2f"));
        assertEquals(List.of(Set.of("1f")), first.lists, "the second one took its place");
        assertEquals(List.of(Set.of("1f"), Set.of("1f", "2f")), second.lists);
    }

    @Test
    void nothingIsSaidAsLongAsNothingIsKnown() {
        Told told = new Told();
        transports.add(told);
        assertEquals(List.of(), told.lists, "another user of the same transport may know more");
        transports.distrust(Set.of());
        assertEquals(List.of(Set.of()), told.lists);
    }
}
