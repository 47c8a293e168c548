package org.azekura.server.schedule;

import java.util.TreeMap;

/**
 * How far jobs are made ahead of their turn. What a run has not begun costs a row; a job that waits for its place costs memory and a thread. So no job is made while as
 * many of its priority and above run or wait for their turn as there may be, and courses of one priority share these evenly. Of one look.
 */
final class Ahead {

    /** Several times the places that there are, so that none stays empty between two looks. */
    static final int MOST = 1024;

    private final int all;
    /** Jobs that run or wait for their turn, and those that this look begins, by priority. */
    private final TreeMap<Integer, Integer> there = new TreeMap<>();
    /** Courses that have jobs, or may begin some. */
    private final TreeMap<Integer, Integer> busy = new TreeMap<>();

    /** @param all so many may be there at once */
    Ahead(int all) {
        this.all = all;
    }

    /** @param wants whether it would begin a job if it were alone */
    void known(Timetable.Known course, boolean wants) {
        int now = course.ahead();
        there.merge(course.timing().priority(), now, Integer::sum);
        if (now > 0 || wants) {
            busy.merge(course.timing().priority(), 1, Integer::sum);
        }
    }

    /** So many of its jobs may begin. */
    int room(Timetable.Known course) {
        int priority = course.timing().priority();
        int room = Math.max(0, all - there.tailMap(priority).values().stream().mapToInt(Integer::intValue).sum());
        int share = Math.max(1, all / Math.max(1, busy.getOrDefault(priority, 0)));
        return Math.max(0, Math.min(share - course.ahead(), room));
    }

    void begins(Timetable.Known course, int jobs) {
        there.merge(course.timing().priority(), jobs, Integer::sum);
    }
}
