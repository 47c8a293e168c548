package org.azekura.transport.tls;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.azekura.api.transport.Stream;

/**
 * What can be set, as framework properties.
 *
 * @param host       address to listen at
 * @param port       0 is any that is free
 * @param ping       a link that carries nothing for so long is asked whether it is there
 * @param silence    a link on which nothing came for so long is dead
 * @param grace      how long a broken connection is kept for being resumed
 * @param greeting   how long TLS and the greeting may take
 * @param unfinished how many may be at that at once
 * @param memory     bytes that all connections together may hold for their readers, beside the little that each stream always may
 */
record Settings(String host, int port, Duration ping, Duration silence, Duration grace, Duration greeting, int unfinished, long memory) {

    static final String PREFIX = "azekura.transport.";
    private static final long MIB = 1 << 20;
    private static final long LEAST_MEMORY = 3L * Stream.MAX_FRAME;
    private static final long MOST_MEMORY = 64 * MIB;

    Settings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(PREFIX + "port is a number from 0 to 65535, not " + port);
        }
        if (memory < LEAST_MEMORY) {
            throw new IllegalArgumentException(PREFIX + "memory_MiB is at least " + LEAST_MEMORY / MIB + ", not " + memory / MIB);
        }
    }

    /** @throws IllegalArgumentException naming the property */
    static Settings of(UnaryOperator<String> properties) {
        long heap = Runtime.getRuntime().maxMemory();
        return new Settings(text(properties, "host", "127.0.0.1"), (int) number(properties, "port", 8444, 0),
                seconds(properties, "ping_s", 5), seconds(properties, "silence_s", 15), seconds(properties, "grace_s", 60),
                seconds(properties, "greeting_s", 10), (int) number(properties, "unfinished", 128, 1),
                number(properties, "memory_MiB", Math.clamp(heap / 6, LEAST_MEMORY, MOST_MEMORY) / MIB, 1) * MIB);
    }

    private static String text(UnaryOperator<String> properties, String name, String otherwise) {
        String value = properties.apply(PREFIX + name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static Duration seconds(UnaryOperator<String> properties, String name, int otherwise) {
        return Duration.ofSeconds(number(properties, name, otherwise, 1));
    }

    private static long number(UnaryOperator<String> properties, String name, long otherwise, int least) {
        String value = text(properties, name, Long.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(PREFIX + name + " is a whole number from " + least + " on, like " + otherwise + "; not \"" + value + "\"");
    }
}
