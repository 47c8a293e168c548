package org.azekura.transport.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who was refused and why; who comes again and again is said once a minute. Safe for any number of threads. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int REMEMBERED = 256;
    private static final long AGAIN = TimeUnit.MINUTES.toNanos(1);

    private final Consumer<String> log;
    private final Map<String, Long> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    Refusals() {
        this(LOG::warn);
    }

    Refusals(Consumer<String> log) {
        this.log = log;
    }

    /** @param from address, without a port */
    void say(String from, String why) {
        if (isNew(from + ' ' + why)) {
            log.accept("refused " + from + ": " + line(why));
        }
    }

    private synchronized boolean isNew(String what) {
        long now = System.nanoTime();
        Long last = said.get(what);
        boolean fresh = last == null || now - last > AGAIN;
        if (fresh) {
            said.remove(what);
            said.put(what, now);
        }
        return fresh;
    }

    /** Reasons quote what strangers say. */
    private static String line(String why) {
        return why.codePoints().map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
