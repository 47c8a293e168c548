package org.azekura.api.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Request;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Dangerous acts that wait: for another admin's word, and for a time in which anybody can still end them. They are in the catalog and outlive a restart; what the
 * appliance does with one by itself is a line of the audit log, in the same transaction. Time is retention time, which nobody sets. Safe for any number of threads.
 *
 * <p>One is carried out exactly once, by the rights that who asked and who confirmed have then. One that was under way when the appliance ended is begun again,
 * and its performer is told so.
 */
@ProviderType
public interface Requests {

    /** So long one waits for another person. */
    Duration PATIENCE = Duration.ofDays(7);

    /**
     * What dangerous acts wait for.
     *
     * @param persons 0: for nothing, the rule is off; 1: for the delay; 2: for another admin, then for the delay
     * @param delay   whole seconds, to {@link #LONGEST}
     */
    record Rule(int persons, Duration delay) {

        public static final Duration LONGEST = Duration.ofDays(7);
        /** Of who turns it on and says nothing of it. */
        public static final Duration USUAL = Duration.ofDays(1);
        public static final Rule OFF = new Rule(0, Duration.ZERO);
        private static final String SETTING = "request.rule";

        public Rule {
            if (persons < 0 || persons > 2) {
                throw new IllegalArgumentException("the rule is for 1 or 2 persons, or off (0), not for " + persons);
            }
            if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a delay is up to 7 days, not " + delay);
            }
            if (persons == 0 && !delay.isZero()) {
                throw new IllegalArgumentException("a rule that is off has no delay");
            }
        }

        public boolean isOn() {
            return persons > 0;
        }

        /** That of a catalog. */
        public static Rule of(CatalogView view) throws BackupException {
            Optional<String[]> said = view.setting(SETTING).map(text -> text.split(" "));
            return said.isEmpty() ? OFF : new Rule(Integer.parseInt(said.get()[0]), Duration.ofSeconds(Long.parseLong(said.get()[1])));
        }

        /** From here on this one holds. */
        public void put(CatalogEdit edit) throws BackupException {
            edit.putSetting(SETTING, persons + " " + delay.toSeconds());
        }

        /** What asks for as much as both of them in every respect. */
        public Rule stricter(Rule other) {
            return new Rule(Math.max(persons, other.persons), delay.compareTo(other.delay) < 0 ? other.delay : delay);
        }

        /** Whether this one asks for less in any respect. */
        public boolean isWeakerThan(Rule other) {
            return persons < other.persons || delay.compareTo(other.delay) < 0;
        }
    }

    Rule rule() throws BackupException;

    /**
     * From the next act on; requests that are there go on as they were asked. Whether somebody may is asked where he asks for it.
     *
     * @throws BackupException {@code rule.last}: two persons are wanted, and there are not two admins; nothing was changed
     */
    Rule change(Rule rule) throws BackupException;

    /** Whether dangerous acts of this caller wait. Those of who has the home's own token never do. */
    boolean holds(Caller caller) throws BackupException;

    /**
     * What is asked for.
     *
     * @param text the order as it came; kept sealed, since secrets may be among it
     */
    record Order(String operation, String object, String text) {}

    /**
     * Makes a request; of the same caller for the same order the one that is there already.
     *
     * @throws BackupException {@code request.busy}: too many are waiting
     */
    Request ask(Order order, Caller by, String from) throws BackupException;

    /** Oldest first, without orders and answers. @param openOnly those that have not ended */
    List<Request> list(boolean openOnly) throws BackupException;

    /** @throws BackupException {@code request.unknown} */
    Request get(long number) throws BackupException;

    /** The order as it came. @throws BackupException {@code request.unknown}, {@code request.damaged} */
    String order(long number) throws BackupException;

    /**
     * @param hash of the order that he has seen; null: he does not say
     * @throws BackupException {@code request.unknown}; {@code request.state}: it does not wait for that; {@code request.denied}: he, or who stands behind him, is who
     *                         asked, or one of them was made or reset by the other lately; {@code request.changed}: another hash
     */
    Request confirm(long number, Caller by, String hash) throws BackupException;

    /**
     * Ends one, also by who asked.
     *
     * @throws BackupException {@code request.unknown}; {@code request.state}: it has ended, or is under way
     */
    Request refuse(long number, Caller by, String why) throws BackupException;

    /**
     * What came of it, told once, to who asked.
     *
     * @throws BackupException {@code request.unknown}, {@code request.denied}; {@code answer.unknown}: there is none, or it was fetched
     */
    String answer(long number, Caller by) throws BackupException;

    /** Whether these two are one person to us: themselves, or by a token that one of them made. */
    boolean isSame(String one, String other) throws BackupException;

    /** Carries acts out. Called by one thread at a time. */
    interface Performer {

        /**
         * What came of it.
         *
         * @param code   {@code done}, or of the failure
         * @param why    it failed, for people; null if it did not
         * @param answer for who asked; null if there is nothing to say
         * @param later  whether the same may do in a while: a host is away
         */
        record Outcome(String code, String why, String answer, boolean later) {

            /** One that is final. */
            public Outcome(String code, String why, String answer) {
                this(code, why, answer, false);
            }

            public boolean isDone() {
                return code.equals("done");
            }
        }

        /**
         * Carries it out. What it throws is told as a fault of the appliance.
         *
         * @param by    who asked, with the rights that he has now
         * @param again whether it was under way before: what it was to do may be done
         */
        Outcome perform(Request request, String order, Caller by, boolean again);
    }

    /** Carries out what is due from now on; first of all what was under way when the appliance ended, before this returns. @return ends that */
    AutoCloseable serve(Performer performer) throws BackupException;
}
