package org.azekura.server.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Set;

/** Days of a calendar. */
sealed interface Days {

    boolean has(LocalDate date);

    /** By their names. */
    record OfWeek(Set<DayOfWeek> days) implements Days {

        static final OfWeek ALL = new OfWeek(Set.of(DayOfWeek.values()));

        @Override
        public boolean has(LocalDate date) {
            return days.contains(date.getDayOfWeek());
        }
    }

    /** By their numbers; in a month that is too short for one its last day stands for it. */
    record OfMonth(BitSet numbers) implements Days {

        @Override
        public boolean has(LocalDate date) {
            int day = date.getDayOfMonth();
            return numbers.get(day) || day == date.lengthOfMonth() && numbers.nextSetBit(day) > 0;
        }
    }

    /**
     * Like the last Sunday of a month.
     *
     * @param number 1 to 4 from its begin, 0 for the last
     */
    record Nth(int number, Set<DayOfWeek> days) implements Days {

        @Override
        public boolean has(LocalDate date) {
            int before = date.getDayOfMonth() - 1;
            boolean counted = number == 0 ? date.lengthOfMonth() - before <= 7 : before / 7 == number - 1;
            return counted && days.contains(date.getDayOfWeek());
        }
    }

    /**
     * As cron has them.
     *
     * @param either whether a day of the month or a day of the week is enough: if neither is left open
     */
    record OfCron(BitSet ofMonth, BitSet months, Set<DayOfWeek> ofWeek, boolean either) implements Days {

        @Override
        public boolean has(LocalDate date) {
            boolean month = ofMonth.get(date.getDayOfMonth());
            boolean week = ofWeek.contains(date.getDayOfWeek());
            return months.get(date.getMonthValue()) && (either ? month || week : month && week);
        }
    }
}
