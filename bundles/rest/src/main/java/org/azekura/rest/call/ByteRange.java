package org.azekura.rest.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file are asked for (RFC 9110, 14). Several ranges, other units and what is no range are answered by the whole file, as the RFC allows.
 *
 * @param whole      whether nothing less was asked for
 * @param satisfying false: the file has no such bytes
 */
record ByteRange(long from, long length, boolean whole, boolean satisfying) {

    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /**
     * @param range   the header, null without one
     * @param ifRange likewise: the rest of a file is only wanted of this very one
     */
    static ByteRange of(String range, String ifRange, long size, String tag) {
        Matcher asked = range == null || ifRange != null && !ifRange.equals(tag) ? null : ONE.matcher(range);
        if (asked == null || !asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()) {
            return new ByteRange(0, size, true, true);
        }
        long last = asked.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(asked.group(2));
        if (asked.group(1).isEmpty()) {
            long length = Math.min(last, size);
            return new ByteRange(size - length, length, false, length > 0);
        }
        long from = Long.parseLong(asked.group(1));
        if (last < from) {
            return new ByteRange(0, size, true, true);
        }
        return new ByteRange(from, Math.min(last, size - 1) - from + 1, false, from < size);
    }
}
