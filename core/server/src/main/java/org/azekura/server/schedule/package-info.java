/**
 * When policies run. What a schedule means is a pure function of calendar and zone ({@link org.azekura.server.schedule.Schedule}), what is to be done at a moment
 * one of what the catalog says and that moment ({@link org.azekura.server.schedule.Timetable}); {@link org.azekura.server.schedule.Scheduler} is the glue.
 *
 * <p>Times are the wall clock's of a zone, for people:
 * <pre>
 * a time that does not exist     counts as the moment the gap ends
 * a time that comes twice        counts once, the first time; of hourly, every … and cron with * for the hour both times
 * monthly 31                     is the last day of a month that has no 31st; cron's 31 is none then
 * </pre>
 */
package org.azekura.server.schedule;
