package org.azekura.driver.tape.iscsi;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pairs of key and value as a login carries them: {@code key=value}, each with a zero behind. */
final class Text {

    private static final int MOST_PAIRS = 200;

    private final Map<String, String> pairs = new LinkedHashMap<>();

    Text put(String key, String value) {
        pairs.put(key, value);
        return this;
    }

    Map<String, String> pairs() {
        return pairs;
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    byte[] encode() {
        StringBuilder all = new StringBuilder();
        pairs.forEach((key, value) -> all.append(key).append('=').append(value).append('\0'));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param bytes all of it; of a key that is there twice the last one counts */
    static Text decode(ByteBuffer bytes) throws ProtocolException {
        Text text = new Text();
        String all = StandardCharsets.UTF_8.decode(bytes).toString();
        for (int at = 0; at < all.length(); ) {
            int end = all.indexOf('\0', at);
            end = end < 0 ? all.length() : end;
            if (end > at) {
                int equals = all.indexOf('=', at);
                if (equals <= at || equals > end) {
                    throw new ProtocolException("the target's text is no pair: " + all.substring(at, Math.min(end, at + 80)));
                }
                text.put(all.substring(at, equals), all.substring(equals + 1, end));
                if (text.pairs.size() > MOST_PAIRS) {
                    throw new ProtocolException("the target has more than " + MOST_PAIRS + " keys");
                }
            }
            at = end + 1;
        }
        return text;
    }
}
