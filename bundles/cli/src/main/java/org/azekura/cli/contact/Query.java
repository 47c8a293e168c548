package org.azekura.cli.contact;

/** The part of an address behind the question mark. */
public final class Query {

    private Query() {}

    /** @param pairs names and values; what is null is left out */
    public static String of(String... pairs) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                query.append(query.isEmpty() ? '?' : '&').append(pairs[i]).append('=').append(Rest.encode(pairs[i + 1]));
            }
        }
        return query.toString();
    }
}
