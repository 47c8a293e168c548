package org.azekura.api.names;

import java.util.List;

/**
 * Which names can be passed by unseen.
 *
 * @param pieces each is in the {@link FoldedName} of every name that is looked for; those shorter than {@value #SHORTEST} characters are no help
 * @param after  what the search before returned; null from the beginning
 */
public record NameQuery(List<String> pieces, String after) {

    /** Code points. */
    public static final int SHORTEST = 3;

    public NameQuery {
        pieces = List.copyOf(pieces);
    }
}
