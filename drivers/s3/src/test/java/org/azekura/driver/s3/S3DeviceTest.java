package org.azekura.driver.s3;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.device.Terms;
import org.junit.jupiter.api.Test;

class S3DeviceTest {

    @Test
    void everyCallTellsWhichSettingWillNotDo() {
        for (Map.Entry<String, Object> wrong : Map.<String, Object>ofEntries(Map.entry("bucket", ""), Map.entry("endpoint", "ftp://x"), Map.entry("prefix", "a//b"),
                Map.entry("accessKey", ""), Map.entry("secret", ""), Map.entry("ca", "relative.pem"), Map.entry("region", "a b"), Map.entry("credentials", "anywhere"),
                Map.entry("storageClass", "GLACIER"), Map.entry("packsClass", "cold"), Map.entry("upload_KiBps", -1), Map.entry("price_GiB", Double.NaN),
                Map.entry("retrievalPrices", "Bulk")).entrySet()) {
            S3Device device = device(wrong.getKey().replace("_", "__"), wrong.getValue());
            assertRefused("setting." + wrong.getKey(), device::space);
            assertRefused("setting." + wrong.getKey(), () -> device.size("blob"));
        }
        assertRefused("setting.ca", device("ca", "/nowhere/ca.pem")::space);
    }

    @Test
    void takesNoKeysFromElsewhereUnlessItIsToldTo() throws Exception {
        assertRefused("setting.accessKey", device("credentials", "environment")::space);
        S3Device device = new S3Device(Settings.with(Map.of("credentials", "environment", "accessKey", "", "secret", "")));
        device.space();
        assertTrue(assertRefused("device.io", device::selfTest).getMessage().contains("AWS_ACCESS_KEY_ID"));
    }

    @Test
    void tellsWhatReadingTakesAndHowPacksComeFromTheArchive() {
        S3Device plain = new S3Device(Settings.with(Map.of("download__KiBps", 100, "price__GiB", 0.09, "price__kReads", 0.0004, "price__kWrites", 0.005)));
        assertEquals(new Terms(Terms.Medium.CLOUD, plain.terms().firstByte(), 102_400, 90_000, 400, 5_000), plain.terms());
        assertEquals(List.of(), plain.tiers());
        S3Device cold = new S3Device(Settings.with(Map.of("packsClass", "DEEP_ARCHIVE", "retrievalPrices", "Bulk 0.0025 0.025, Expedited 1 2")));
        assertEquals(List.of(new RetrievalTier("Bulk", Duration.ofHours(48), 25, 2500), new RetrievalTier("Standard", Duration.ofHours(12), -1, -1)), cold.tiers());
        S3Device elsewhere = new S3Device(Settings.with(Map.of("packsClass", "GLACIER", "retrievalPrices", "Bulk 0 0 40min, Standard 0.01 0.05 24h, Expedited 0 0 9s")));
        assertEquals(List.of(Duration.ofMinutes(40), Duration.ofHours(24), Duration.ofSeconds(9)), elsewhere.tiers().stream().map(RetrievalTier::waiting).toList());
    }

    @Test
    void tellsForHowLongPacksArePaidAtLeast() {
        assertEquals(Duration.ZERO, new S3Device(Settings.with(Map.of())).terms().paidFor());
        Terms cold = new S3Device(Settings.with(Map.of("packsClass", "DEEP_ARCHIVE"))).terms();
        assertEquals(Duration.ofDays(180), cold.paidFor());
        assertEquals(S3Writer.PART, cold.paidAbove(), "shorter packs lie in another class");
        assertEquals(Duration.ofDays(7), new S3Device(Settings.with(Map.of("packsClass", "COLD", "packsLeast__days", 7))).terms().paidFor());
        assertEquals(Duration.ZERO, new S3Device(Settings.with(Map.of("packsClass", "GLACIER", "packsLeast__days", 0))).terms().paidFor());
        Terms rare = new S3Device(Settings.with(Map.of("storageClass", "STANDARD_IA"))).terms();
        assertEquals(Duration.ofDays(30), rare.paidFor());
        assertEquals(0, rare.paidAbove(), "all of them lie in it");
        assertRefused("setting.packsLeast_days", device("packsLeast__days", -2)::space);
    }

    @Test
    void onlyLongPacksGoIntoTheArchive() throws Exception {
        Setup.Classes classes = new Setup.Classes("STANDARD_IA", "GLACIER");
        assertEquals("GLACIER", classes.of("packs/3f/3f2a", true));
        assertEquals("GLACIER", classes.of("pools/x/packs/3f/3f2a", true));
        for (String warm : List.of("azekura-label", "snapshots/01", "checkpoints/0000000000000001", "keyring-1")) {
            assertEquals("STANDARD_IA", classes.of(warm, true));
        }
        assertEquals("STANDARD_IA", classes.of("packs/3f/3f2a", false), "trees lie in short ones");
    }

    @Test
    void saysWhereItIsWithoutItsSecret() {
        assertEquals("http://127.0.0.1:9/backups/azekura/", device("prefix", "azekura/").location());
        String refusal = assertRefused("setting.endpoint", device("endpoint", "https://me:hidden@host")::space).getMessage();
        assertFalse(refusal.contains("hidden"), refusal);
    }

    @Test
    void nobodyListeningIsForAServiceThatIsAway() {
        assertRefused("device.away", device("prefix", "azekura")::selfTest);
    }

    @Test
    void isClosedForGood() throws Exception {
        S3Device used = device("prefix", "azekura");
        used.space();
        used.close();
        assertRefused("device.closed", used::space);
        S3Device unused = device("prefix", "azekura");
        unused.close();
        assertRefused("device.closed", unused::space);
        assertFalse(Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().startsWith("sdk-")));
    }

    private static S3Device device(String name, Object value) {
        return new S3Device(Settings.with(Map.of(name, value)));
    }
}
