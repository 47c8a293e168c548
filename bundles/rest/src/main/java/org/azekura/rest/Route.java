package org.azekura.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;

/**
 * A method and a pattern, and what answers.
 *
 * @param pattern    below the root, like {@code jobs/&#42;/log}; a star stands for one name
 * @param parameters of the query
 * @param upload     whether the body is a file, which is kept as {@link Call#file} instead of being read as JSON
 */
record Route(String method, String pattern, Set<String> parameters, boolean upload, Endpoint endpoint) {

    Route(String method, String pattern, Set<String> parameters, Endpoint endpoint) {
        this(method, pattern, parameters, false, endpoint);
    }

    static Route upload(String method, String pattern, Set<String> parameters, Endpoint endpoint) {
        return new Route(method, pattern, parameters, true, endpoint);
    }

    /** Answers one call. Called by many threads at a time. */
    interface Endpoint {
        Reply answer(Call call) throws BackupException, Refusal;
    }

    static Route get(String pattern, Endpoint endpoint) {
        return new Route("GET", pattern, Set.of(), endpoint);
    }

    static Route get(String pattern, Set<String> parameters, Endpoint endpoint) {
        return new Route("GET", pattern, parameters, endpoint);
    }

    static Route post(String pattern, Endpoint endpoint) {
        return new Route("POST", pattern, Set.of(), endpoint);
    }

    static Route delete(String pattern, Endpoint endpoint) {
        return new Route("DELETE", pattern, Set.of(), endpoint);
    }

    /** What the stars stand for, or null if the path is another one. */
    List<String> match(List<String> path) {
        String[] parts = pattern.split("/");
        if (parts.length != path.size()) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].equals("*")) {
                names.add(path.get(i));
            } else if (!parts[i].equals(path.get(i))) {
                return null;
            }
        }
        return names;
    }
}
