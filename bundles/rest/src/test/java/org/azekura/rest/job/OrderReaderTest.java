package org.azekura.rest.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.StreamSource;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.api.server.JobOrder;
import org.azekura.rest.FakeServer;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.junit.jupiter.api.Test;

class OrderReaderTest {

    private static final String[] ORDERS = {
        "{\"kind\":\"backup\",\"saveSet\":\"srv\",\"paths\":[\"/srv/caf%E9\",\"/etc\"],\"pool\":\"default\",\"oneFileSystem\":true,"
                + "\"rules\":[{\"include\":true,\"pattern\":\"larger:1GiB\"},{\"include\":false,\"pattern\":\"re:^/x$\"}],\"dryRun\":false}",
        "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"paths\":[\"/a\"],\"client\":\"host\",\"to\":\"/tmp/r\",\"overwrite\":\"always\",\"dryRun\":true}",
        "{\"kind\":\"backup\",\"saveSet\":\"db\",\"stdin\":{\"name\":\"db.sql\",\"stream\":9223372036854775806}}",
        "{\"kind\":\"drill\",\"snapshot\":\"0193b2c4\",\"files\":3,\"seed\":7,\"whole\":false,\"keepScratch\":true}",
        "{\"kind\":\"verify\",\"pool\":\"default\"}"};
    private static final String[] BITS = {"null", "[]", "{}", "\"\"", "-1", "1e999", "true", "%", "\\u0000", "{\"a\":[", "\"kind\":", ",", "\ud83d\ude00"};

    @Test
    void readsAStreamInsteadOfPaths() throws Exception {
        JobOrder.Backup order = (JobOrder.Backup) read("\"stdin\":{\"name\":\"caf%E9\",\"stream\":9223372036854775806}");
        assertEquals(new StreamSource(new RawPath(new byte[] {'c', 'a', 'f', (byte) 0xe9}), Long.MAX_VALUE - 1), order.stream());
        assertEquals(List.of(), order.saveSet().roots());
        assertNull(((JobOrder.Backup) read("\"paths\":[\"/srv\"]")).stream());
    }

    @Test
    void refusesAStreamBesidePathsAndOneWithoutName() {
        assertThrows(Refusal.class, () -> read("\"paths\":[\"/srv\"],\"stdin\":{\"name\":\"x\",\"stream\":1}"));
        assertThrows(Refusal.class, () -> read("\"stdin\":{\"stream\":1}"));
    }

    @Test
    void takesANameWithoutPathsForASaveSetThatIsKeptButNotNothingAtAll() throws Exception {
        assertEquals(List.of(), ((JobOrder.Backup) read("\"stdin\":null")).saveSet().roots());
        assertThrows(Refusal.class, () -> new OrderReader(new FakeServer(), new Caller("user", Role.ADMIN, Set.of())).read(Json.object("{\"kind\":\"backup\"}".getBytes(StandardCharsets.UTF_8))));
    }

    private static JobOrder read(String fields) throws Exception {
        return order("\"kind\":\"backup\",\"saveSet\":\"s\"," + fields);
    }

    private static JobOrder order(String fields) throws Exception {
        return new OrderReader(new FakeServer(), new Caller("user", Role.ADMIN, Set.of())).read(Json.object(("{" + fields + "}").getBytes(StandardCharsets.UTF_8)));
    }

    private static JobOrder.DrillSample sample(String fields) throws Exception {
        return ((JobOrder.Drill) order("\"kind\":\"drill\",\"snapshot\":\"" + FakeServer.SNAPSHOT + "\"" + fields)).sample();
    }

    @Test
    void aDrillIsOfATenthOrWhatIsAskedForAndNotOfBoth() throws Exception {
        assertEquals(new JobOrder.DrillSample(100_000, 0, 0), sample(""));
        assertEquals(new JobOrder.DrillSample(0, 5, 7), sample(",\"sample\":\"5\",\"seed\":7"));
        assertNull(sample(",\"sample\":\"whole\""));
        for (String bad : List.of(",\"sample\":\"-1\"", ",\"sample\":\"101%\"", ",\"sample\":\"0%\"", ",\"seed\":-1", ",\"sample\":\"some\"")) {
            assertThrows(Refusal.class, () -> sample(bad), bad);
        }
    }

    /** Whatever is sent, the answer is that it was taken or what is wrong with it: never a fault of ours. */
    @Test
    void takesOrRefusesWhateverIsSent() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        OrderReader reader = new OrderReader(new FakeServer(), new Caller("user", Role.ADMIN, Set.of()));
        int taken = 0;
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] body = mutate(ORDERS[i % ORDERS.length], random);
            try {
                reader.read(Json.object(body));
                taken++;
            } catch (Refusal | BackupException | IllegalArgumentException e) {
                assertTrue(!e.getMessage().isEmpty() && e.getMessage().indexOf('\n') < 0, "seed " + seed + ": " + e.getMessage());
                refused++;
            }
        }
        assertTrue(taken > 50 && refused > 500, taken + " taken, " + refused + " refused");
    }

    private static byte[] mutate(String order, Random random) {
        StringBuilder text = new StringBuilder(order);
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(8));
            text.replace(at, to, random.nextBoolean() ? BITS[random.nextInt(BITS.length)] : Character.toString((char) random.nextInt(256)));
        }
        return text.toString().getBytes(random.nextInt(10) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
