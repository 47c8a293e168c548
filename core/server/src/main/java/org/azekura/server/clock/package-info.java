/**
 * The retention time: what retention is counted by, and snapshots are stamped with.
 *
 * <p>While the server runs, it goes on by the monotonic clock. A run begins where the last one ended; for how long the server was away is known to
 * nobody but who has a clock that is believed: NTP by the kernel's word, two other hosts, or an administrator. How a run begins and goes on
 * ({@link org.azekura.server.clock.Retention}):
 * <pre>
 * begins as                                    may expire  confirmed, for the first time in this run      confirmed again
 * NEW        never confirmed                   own stamps  CONFIRMED, the retention time is the one       only agrees:
 * CONTINUED  away for 15 minutes at most       yes         that was confirmed, or stays where it is       it says what
 * FROZEN     else: asks                        nothing     if that is earlier                             the time was
 * </pre>
 *
 * <p>Why nothing expires early. Let e be the retention time less the true time. It falls while the server is away or the machine sleeps, and rises
 * only when a time is confirmed, to zero at most (by a wrong clock to {@link org.azekura.server.clock.Witnesses#AGREE}, see below). What was stamped with
 * an e of zero or more is never older by this clock than it is. What was stamped with an e below zero was stamped after the last confirmation, which
 * left e at zero or more: the {@code anchor}. When a time is confirmed that is later by b, e was -b just before and not less than that since
 * the anchor: all stamps since then are corrected by b ({@link org.azekura.server.clock.Shift}), and are late rather than early. So each stamp
 * is corrected once at most, by what the server was away in one go. One of the two hosts that confirm may lie; the other, and who else confirms, is right
 * to {@code AGREE}. So a time that is confirmed is at most one {@code AGREE} late and three early, and what differs by {@link
 * org.azekura.server.clock.Memory#NEAR} is taken for the same: {@link org.azekura.server.clock.Retention#DOUBT} is more than all of that, and kept in
 * addition. Stamps from before the {@code origin} (of a catalog that was lost) are by another clock: they wait until a time was confirmed, and where the
 * retention time was ahead of it, that is taken off.
 *
 * <p>The setting {@code clock} of the catalog, version 1, in ABNF (RFC 5234), times in UTC and durations as in ISO 8601:
 * <pre>
 * clock   = "1" SP reading SP origin SP anchor SP ("new" / "confirmed") SP ahead *64(SP shift)
 * shift   = from "/" to "/" by     ; what is stamped in [from, to] was received later by that
 * reading = time  origin = time  anchor = time  from = time  to = time
 * ahead   = duration  by = duration
 * </pre>
 */
package org.azekura.server.clock;
