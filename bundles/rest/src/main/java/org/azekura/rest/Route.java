package org.azekura.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;

/**
 * A method and a pattern, and what answers.
 *
 * @param pattern    below the root, like {@code jobs/&#42;/log}; a star stands for one name
 * @param parameters of the query
 */
record Route(String method, String pattern, Set<String> parameters, Endpoint endpoint) {

    /** Answers one call. Called by many threads at a time. */
    interface Endpoint {
        Reply answer(Call call) throws BackupException, Refusal;
    }

    /** Takes a body that is no JSON, and may be large. */
    interface Upload extends Endpoint {

        /** @param body not read yet; what is not read of it is dropped */
        Reply take(Call call, InputStream body) throws BackupException, Refusal, IOException;

        @Override
        default Reply answer(Call call) {
            throw new IllegalStateException("this endpoint takes a body");
        }
    }

    static Route upload(String pattern, Set<String> parameters, Upload upload) {
        return new Route("POST", pattern, parameters, upload);
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
