package org.azekura.rest.call;

import org.azekura.api.BackupException;

/**
 * What makes a call of a route one that waits where a rule says so: for another person, for its time. Called by many threads at a time; what is judged by what is laid
 * down is judged and done while no other call of its kind is.
 */
public interface Danger {

    /** Whether this very call is one. Throws what the endpoint would if what it is about is not there: nobody need wait to be told that. */
    boolean is(Call call) throws BackupException, Refusal;

    /**
     * What is laid down of what this call is about, as a record whose fields are called as those of the order; without secrets, and without what changes by itself.
     * An order is carried out only if this is still as it was when it was asked for. Null: nothing is laid down; of a call that is judged by what it brings alone, always.
     */
    default Object now(Call call) throws BackupException, Refusal {
        return null;
    }

    /** Whether {@link #now} says anything. */
    default boolean looks() {
        return false;
    }

    /** Whether there is no call that is none. */
    default boolean always() {
        return false;
    }

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

    /** Tells what is laid down: {@link Danger#now}. */
    interface Look {
        Object now(Call call) throws BackupException, Refusal;
    }

    /** Each call is one. */
    static Danger always(Look look) {
        return new Judged(null, look);
    }

    /** Those are that {@code judge} finds, by what {@code look} tells. */
    static Danger by(Danger judge, Look look) {
        return new Judged(judge, look);
    }

    /** @param judge null: each call is one */
    record Judged(Danger judge, Look look) implements Danger {

        @Override
        public boolean is(Call call) throws BackupException, Refusal {
            if (judge == null) {
                look.now(call);
                return true;
            }
            return judge.is(call);
        }

        @Override
        public Object now(Call call) throws BackupException, Refusal {
            return look.now(call);
        }

        @Override
        public boolean looks() {
            return true;
        }

        @Override
        public boolean always() {
            return judge == null;
        }
    }
}
