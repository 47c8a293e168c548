package org.azekura.api.catalog;

import java.time.Instant;
import java.time.LocalDate;
import org.azekura.api.PoolName;

/**
 * How much of a pool had been read back and found whole, at the end of a day or, of the last one, when it was counted last. Copies of packs are counted.
 *
 * @param day    of UTC
 * @param month  of these packs, those that were read within 30 days
 * @param year   within 365 days
 * @param never  those that were never read since they were written
 * @param unread since when something is not read: the oldest time at which one was found whole last, or was written if it never was; null without packs
 */
public record Coverage(PoolName pool, LocalDate day, long packs, long bytes, long month, long year, long never, Instant unread) {}
