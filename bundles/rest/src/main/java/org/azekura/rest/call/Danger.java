package org.azekura.rest.call;

import org.azekura.api.BackupException;

/** What makes a call of a route one that waits where a rule says so: for another person, for its time. Called by many threads at a time. */
public interface Danger {

    /** Whether this very call is one. Throws what the endpoint would if what it is about is not there: nobody need wait to be told that. */
    boolean is(Call call) throws BackupException, Refusal;

    /**
     * Whether what this call orders goes on already; asked only of one that was under way when the appliance ended. Once what it orders is done there is nothing left
     * of it, and the endpoint says so by a code that ends with {@code .unknown}, or doing it again changes nothing.
     */
    default boolean isUnderWay(Call call) throws BackupException, Refusal {
        return false;
    }

    /** What a call is about that has nothing in its path, for people. */
    default String object(Call call) {
        return call.body().path("name").asText("");
    }

    /** Looks whether what a call is about is there. */
    interface Subject {
        void require(Call call) throws BackupException, Refusal;
    }

    /** Each call is one. */
    static Danger always(Subject subject) {
        return call -> {
            subject.require(call);
            return true;
        };
    }
}
