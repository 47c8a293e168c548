package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.TargetName;

/**
 * Something that a target has to be told, and has not been.
 *
 * @param number   later ones have higher numbers; none is given twice
 * @param made     when it happened
 * @param content  what is told, as who tells it has written it
 * @param attempts so often it was tried
 * @param due      when it is tried next; null: it was given up and stays until somebody says what becomes of it
 * @param problem  why it was not told; empty before the first attempt
 */
public record Notice(long number, TargetName target, Instant made, String content, int attempts, Instant due, String problem) {

    /** This one behind another attempt. @param due null: there will be none */
    public Notice tried(int attempts, Instant due, String problem) {
        return new Notice(number, target, made, content, attempts, due, problem);
    }
}
