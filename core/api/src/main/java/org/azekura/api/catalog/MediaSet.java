package org.azekura.api.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.PoolName;

/**
 * A media set of a pool behind the first: cartridges, packs, sessions and snapshots of its own, so that it is complete by itself. The catalog has a {@link Pool}
 * for it that is in no list of pools and borrows its key ring, its tuning and its media rules from the pool that it is of, which is the first set itself.
 *
 * @param name   of that pool row, and in the labels of its cartridges
 * @param of     whose set it is
 * @param number from 2
 */
public record MediaSet(PoolName name, PoolName of, int number) {

    private static final Pattern NAME = Pattern.compile("(.+)\\.set([2-9]|[1-9]\\d{1,5})");

    /** @throws IllegalArgumentException if the name of the pool is too long for that of a set */
    public static MediaSet of(PoolName pool, int number) {
        return new MediaSet(new PoolName(pool + ".set" + number), pool, number);
    }

    /** The set that is called so; empty if none is. */
    public static Optional<MediaSet> called(PoolName name) {
        Matcher parts = NAME.matcher(name.value());
        return parts.matches() ? Optional.of(of(new PoolName(parts.group(1)), Integer.parseInt(parts.group(2)))) : Optional.empty();
    }

    /** Whether what is called so is this pool, or one of its sets. */
    public static boolean isOf(PoolName name, PoolName pool) {
        return name.equals(pool) || called(name).filter(set -> set.of().equals(pool)).isPresent();
    }
}
