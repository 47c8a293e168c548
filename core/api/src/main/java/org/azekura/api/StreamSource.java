package org.azekura.api;

/**
 * A stream that a command on the client's host brings, saved as the one file {@code /NAME}.
 *
 * @param name   of the file, as {@link RawPath#isName} has it
 * @param stream the number that the client gave it; good for one job
 */
public record StreamSource(RawPath name, long stream) {}
