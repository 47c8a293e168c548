package org.azekura.rest.call;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lists in pages. A page is an array as the whole list is; where the next one is stands in a {@code Link} header (RFC 8288). A place in a list is the key of the row
 * before it, so rows that come or go meanwhile shift nothing.
 */
public final class Pages {

    public static final int MOST = 10_000;
    public static final Parameter LIMIT = Parameter.whole("limit", 1, MOST, "At most so many rows; the header Link then says where those behind them are");
    public static final Parameter AFTER = Parameter.text("after", "MDAwNw", "Only rows behind this place, which the page before gave in its header Link");

    private Pages() {}

    /** @param next where the page behind this one begins; null if there is none */
    public record Page<T>(List<T> rows, String next) {

        /** One that was read as a page. @param key of its last row; null if nothing is behind it */
        public static <T> Page<T> upTo(List<T> rows, String key) {
            return new Page<>(rows, key == null ? null : Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
        }

        /** @param views of the rows */
        public Reply reply(Call call, List<?> views) {
            return next == null ? Reply.ok(views) : new Reply.Json(200, views, Map.of("Link", "<?" + query(call) + ">; rel=\"next\""));
        }

        private String query(Call call) {
            Map<String, String> query = new TreeMap<>(call.query());
            query.put("after", next);
            return query.entrySet().stream().map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        }
    }

    /**
     * The page of these rows that a call asks for; all of them, in their order, if it asks for none.
     *
     * @param key of a row, which no other has; pages are in its order
     */
    public static <T> Page<T> of(Call call, List<T> rows, Function<T, String> key) throws Refusal {
        if (!isAsked(call)) {
            return new Page<>(rows, null);
        }
        String after = after(call);
        int limit = call.whole("limit", MOST);
        List<T> behind = rows.stream().filter(row -> key.apply(row).compareTo(after) > 0).sorted(Comparator.comparing(key)).limit(limit + 1L).toList();
        if (behind.size() <= limit) {
            return Page.upTo(behind, null);
        }
        List<T> page = behind.subList(0, limit);
        return Page.upTo(page, key.apply(page.getLast()));
    }

    /** Whether a call asks for a page, and not for the whole list. */
    public static boolean isAsked(Call call) {
        return call.query("limit") != null || call.query("after") != null;
    }

    /** Behind the row of which key a call's page begins; empty: at the first row. */
    public static String after(Call call) throws Refusal {
        try {
            return call.query("after") == null ? "" : new String(Base64.getUrlDecoder().decode(call.query("after")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unknownPlace(call);
        }
    }

    /** What {@code after} says is no key of a row. */
    public static Refusal unknownPlace(Call call) {
        return Refusal.badRequest("request.value", "after", "after is what the header Link of the page before said, not \"" + call.query("after") + "\"");
    }
}
