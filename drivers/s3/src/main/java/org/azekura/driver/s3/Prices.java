package org.azekura.driver.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.Money;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.device.Terms;

/**
 * What use costs, in millionths of a currency, as the settings say: services tell no prices.
 *
 * @param perGiB      that leaves the service
 * @param perThousand reads
 * @param perThousandWrites requests that put or list
 * @param tiers       of the archive that packs lie in, empty if they lie in none
 * @param paidFor     packs are at least, however soon they are deleted
 * @param paidAbove   those that are longer; shorter ones lie in another class
 */
record Prices(long perGiB, long perThousand, long perThousandWrites, List<RetrievalTier> tiers, Duration paidFor, long paidAbove) {

    private static final double MOST = 1e6;
    private static final Duration FIRST_BYTE = Duration.ofMillis(100);
    private static final Pattern TIER = Pattern.compile("(Bulk|Standard|Expedited) ([0-9]{1,6}(?:\\.[0-9]{1,9})?) ([0-9]{1,6}(?:\\.[0-9]{1,9})?)(?: ([0-9]{1,4})(s|min|h))?");
    /** Longest waits that Amazon names, "Archive retrieval options"; the cheapest first. */
    private static final Map<String, List<RetrievalTier>> OFFERED = Map.of(
            "GLACIER", List.of(tier("Bulk", 12 * 60), tier("Standard", 5 * 60), tier("Expedited", 5)),
            "DEEP_ARCHIVE", List.of(tier("Bulk", 48 * 60), tier("Standard", 12 * 60)));

    /** Least days of storage that Amazon bills ("Amazon S3 storage classes"). */
    private static final Map<String, Integer> LEAST = Map.of("STANDARD_IA", 30, "ONEZONE_IA", 30, "GLACIER_IR", 90, "GLACIER", 90, "DEEP_ARCHIVE", 180);

    private static RetrievalTier tier(String name, long minutes) {
        return new RetrievalTier(name, Duration.ofMinutes(minutes), -1, -1);
    }

    /** @throws BackupException {@code setting.NAME} of the first that will not do */
    static Prices check(S3Device.Settings settings) throws BackupException {
        String archive = settings.packsClass() == null ? "" : settings.packsClass().strip();
        return new Prices(micros("price_GiB", settings.price__GiB()), micros("price_kReads", settings.price__kReads()), micros("price_kWrites", settings.price__kWrites()),
                tiers(archive, settings.retrievalPrices() == null ? "" : settings.retrievalPrices().strip()), paidFor(archive.isEmpty() && settings.storageClass() != null ? settings.storageClass().strip() : archive, settings.packsLeast__days()),
                archive.isEmpty() ? 0 : S3Writer.PART);
    }

    Terms terms(Setup.Limits limits) {
        return new Terms(Terms.Medium.CLOUD, FIRST_BYTE, limits.bytesDown() == 0 ? -1 : limits.bytesDown(), perGiB, perThousand, perThousandWrites, paidFor, paidFor.isZero() ? 0 : paidAbove);
    }

    private static List<RetrievalTier> tiers(String archive, String prices) throws BackupException {
        List<RetrievalTier> offered = new ArrayList<>(OFFERED.getOrDefault(archive, List.of()));
        if (!prices.isEmpty()) {
            for (String text : prices.split("\\s*,\\s*", -1)) {
                Matcher price = TIER.matcher(text);
                if (!price.matches()) {
                    throw Setup.refused("retrievalPrices", prices, "give a tier, its price for a GiB and for a thousand objects, if it takes another time than Amazon's how long at most,"
                            + " and a comma before the next: Bulk 0.0025 0.025, Standard 0.01 0.05 24h");
                }
                offered.replaceAll(tier -> tier.name().equals(price.group(1))
                        ? new RetrievalTier(tier.name(), waiting(price).orElse(tier.waiting()), Money.micros(Double.parseDouble(price.group(3)) / 1000),
                                Money.micros(Double.parseDouble(price.group(2))))
                        : tier);
            }
        }
        return List.copyOf(offered);
    }

    private static Duration paidFor(String storageClass, int days) throws BackupException {
        if (days < -1) {
            throw Setup.refused("packsLeast_days", Integer.toString(days), "give days, 0 for none, or -1 for those of Amazon's class");
        }
        return Duration.ofDays(days >= 0 ? days : LEAST.getOrDefault(storageClass, 0));
    }

    /** Empty if nothing is said of it. */
    private static Optional<Duration> waiting(Matcher price) {
        return Optional.ofNullable(price.group(4)).map(Long::parseLong).map(number -> switch (price.group(5)) {
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        });
    }

    private static long micros(String name, double price) throws BackupException {
        if (!(price >= 0 && price <= MOST)) {
            throw Setup.refused(name, Double.toString(price), "give 0 or more, like 0.09");
        }
        return Money.micros(price);
    }
}
