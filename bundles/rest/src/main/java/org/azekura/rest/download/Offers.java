package org.azekura.rest.download;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;

/** What may be downloaded by whom, and who is downloading. Safe for any number of threads. */
final class Offers {

    /** From the time that it was made, or that it was last sent: what broke off goes on by the same address. */
    static final Duration LIFE = Duration.ofMinutes(10);
    /** Each holds as much memory as a mount, and a part of the line. */
    static final int OF_ONE = 3;
    /** As many as the server runs, so that none of them waits for its turn. */
    static final int OF_ALL = 16;
    static final int OFFERS_OF_ONE = 50;

    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final Semaphore zipNames = new Semaphore(ZipArchive.MOST_NAMES);

    private static final class Kept {
        final Offer offer;
        long until;
        int running;

        Kept(Offer offer) {
            this.offer = offer;
        }
    }

    /** @param nanos a clock */
    Offers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    String id() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** @throws Refusal 429 if the caller has too many */
    synchronized void put(Offer offer) throws Refusal {
        forget();
        if (kept.values().stream().filter(other -> other.offer.who().equals(offer.who())).count() >= OFFERS_OF_ONE) {
            throw Refusal.tooManyOfOne("downloads that were not fetched", OFFERS_OF_ONE);
        }
        Kept made = new Kept(offer);
        made.until = nanos.getAsLong() + LIFE.toNanos();
        kept.put(offer.id(), made);
    }

    synchronized Optional<Offer> find(String id, Door.Entry entry) {
        forget();
        return Optional.ofNullable(kept.get(id)).map(found -> found.offer).filter(offer -> offer.isFor(entry));
    }

    /** @throws Refusal 429 if the caller has as many running as anybody may have, 503 if all together have */
    synchronized void requirePlace(String who) throws Refusal {
        if (kept.values().stream().filter(other -> other.offer.who().equals(who)).mapToInt(other -> other.running).sum() >= OF_ONE) {
            throw Refusal.tooManyOfOne("downloads", OF_ONE);
        }
        if (kept.values().stream().mapToInt(other -> other.running).sum() >= OF_ALL) {
            throw Refusal.tooMany("downloads", OF_ALL);
        }
    }

    /** Takes a place, which {@link #end} gives back. */
    synchronized void begin(Offer offer) throws Refusal {
        requirePlace(offer.who());
        kept.computeIfAbsent(offer.id(), id -> new Kept(offer)).running++;
    }

    synchronized void end(Offer offer) {
        Kept ended = kept.get(offer.id());
        ended.running--;
        ended.until = nanos.getAsLong() + LIFE.toNanos();
    }

    /** Room for names of all zips together. */
    Semaphore zipNames() {
        return zipNames;
    }

    private void forget() {
        long now = nanos.getAsLong();
        kept.values().removeIf(one -> one.running == 0 && one.until - now <= 0);
    }
}
