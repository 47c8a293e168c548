package org.azekura.catalog.sql.export;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.azekura.api.BackupException;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFileTest {

    /** Form 1, as it stays readable: schema 20, a number of table b; of table a one row of each kind of value, table b without rows. */
    private static final String BODY = "9f14bf616207ff" + "9f61619f616b6176ff9f" + "9f016174ff" + "9f02f6ff" + "9f034201ffff" + "ffff" + "9f61629f616eff9fffff" + "ff";

    @TempDir Path folder;

    private ExportFile file(byte[] body) throws Exception {
        byte[] whole = Arrays.copyOf(ExportFile.HEAD, ExportFile.HEAD.length + body.length);
        System.arraycopy(body, 0, whole, ExportFile.HEAD.length, body.length);
        byte[] sum = ExportFile.digest().digest(whole);
        byte[] all = Arrays.copyOf(whole, whole.length + sum.length);
        System.arraycopy(sum, 0, all, whole.length, sum.length);
        Path path = folder.resolve("file");
        Files.write(path, all);
        return ExportFile.open(path, "a file");
    }

    @Test
    void readsTheFirstForm() throws Exception {
        Told told = new Told();
        file(HexFormat.of().parseHex(BODY)).read(told);
        assertEquals(List.of("20 {b=7}", "a [k, v]", "1 t", "2 null", "3 01ff", "end", "b [n]", "end"), told.lines);
    }

    @Test
    void refusesWhatIsOfAnotherForm() throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        byte[] body = HexFormat.of().parseHex(BODY);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = Arrays.copyOf(body, random.nextInt(3) == 0 ? 1 + random.nextInt(body.length) : body.length);
            for (int n = random.nextInt(3); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                file(changed).read(new Told());
            } catch (BackupException e) {
                assertEquals("catalog.file", e.failure().code(), "seed " + seed);
                refused++;
            }
        }
        assertTrue(refused > 1_000, "few were refused: " + refused);
    }

    @Test
    void refusesMoreNamesAndLargerValuesThanACatalogHas() throws Exception {
        String columns = "616b".repeat(5000);
        assertRefused("catalog.file", () -> file(HexFormat.of().parseHex("9f14bf616207ff" + "9f61619f" + columns + "ff9fffff" + "ff")).read(new Told()));
        // It says that four gigabytes come, and that is all that comes.
        assertRefused("catalog.file", () -> file(HexFormat.of().parseHex("9f14bf616207ff" + "9f61619f616b6176ff9f" + "9f01" + "5affffffff" + "00")).read(new Told()));
        assertRefused("catalog.file", () -> file(HexFormat.of().parseHex("9f14bf616207ff" + "9f61619f616b6176ff9f" + "9f01" + "9f".repeat(50))).read(new Told()));
    }

    @Test
    void refusesASchemaAndTablesThatAreNotThere() throws Exception {
        ExportFile file = file(HexFormat.of().parseHex(BODY));
        Moving moving = new Moving(new Intake(folder), null, 21, 30);
        assertTrue(assertRefused("catalog.file", () -> moving.requireKnown(file)).getMessage().contains("it has schema 20, and this store of this version takes 21 to 30"));
        assertEquals(20, new Moving(new Intake(folder), null, 1, 20).requireKnown(file));
    }

    /** What was read, in lines. */
    private static final class Told implements ExportFile.Taker, Particulars.Rows {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void begin(int schema, SortedMap<String, Long> numbers) {
            lines.add(schema + " " + numbers);
        }

        @Override
        public Particulars.Rows table(String name, List<String> columns) {
            lines.add(name + " " + columns);
            return this;
        }

        @Override
        public void add(Object[] values) {
            lines.add(String.join(" ", Arrays.stream(values).map(value -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value)).toList()));
        }

        @Override
        public void end() {
            lines.add("end");
        }
    }
}
