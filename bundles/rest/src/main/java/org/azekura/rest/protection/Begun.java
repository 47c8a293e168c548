package org.azekura.rest.protection;

import org.azekura.api.server.Policies;

/**
 * What became of one save set of a run that somebody ordered.
 *
 * @param job null if it could not be begun; {@code error} says why
 */
public record Begun(String client, String saveSet, Long job, String code, String error) {

    public static Begun of(Policies.Begun begun) {
        return new Begun(begun.saveSet().client().value(), begun.saveSet().name().value(), begun.job() == null ? null : begun.job().id().value(),
                begun.failure() == null ? null : begun.failure().code(), begun.failure() == null ? null : begun.failure().message());
    }
}
