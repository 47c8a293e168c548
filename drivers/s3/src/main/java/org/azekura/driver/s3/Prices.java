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
 */
record Prices(long perGiB, long perThousand, long perThousandWrites, List<RetrievalTier> tiers) {

    private static final double MOST = 1e6;
    private static final Duration FIRST_BYTE = Duration.ofMillis(100);
    private static final Pattern TIER = Pattern.compile("(Bulk|Standard|Expedited) ([0-9]{1,6}(?:\\.[0-9]{1,9})?) ([0-9]{1,6}(?:\\.[0-9]{1,9})?)(?: ([0-9]{1,4})(s|min|h))?");
    /** Longest waits that Amazon names, "Archive retrieval options"; the cheapest first. */
    private static final Map<String, List<RetrievalTier>> OFFERED = Map.of(
            "GLACIER", List.of(tier("Bulk", 12 * 60), tier("Standard", 5 * 60), tier("Expedited", 5)),
            "DEEP_ARCHIVE", List.of(tier("Bulk", 48 * 60), tier("Standard", 12 * 60)));

    private static RetrievalTier tier(String name, long minutes) {
        return new RetrievalTier(name, Duration.ofMinutes(minutes), -1, -1);
    }

    /** @throws BackupException {@code setting.NAME} of the first that will not do */
    static Prices check(S3Device.Settings settings) throws BackupException {
        return new Prices(micros("price_GiB", settings.price__GiB()), micros("price_kReads", settings.price__kReads()), micros("price_kWrites", settings.price__kWrites()),
                tiers(settings.packsClass() == null ? "" : settings.packsClass().strip(), settings.retrievalPrices() == null ? "" : settings.retrievalPrices().strip()));
    }

    Terms terms(Setup.Limits limits) {
        return new Terms(Terms.Medium.CLOUD, FIRST_BYTE, limits.bytesDown() == 0 ? -1 : limits.bytesDown(), perGiB, perThousand, perThousandWrites);
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
