package org.azekura.bench.run;

/**
 * A figure of the appliance alone.
 *
 * @param trial that found it
 * @param name  unique
 * @param of    what was worked on, for a reader
 */
public record Fact(String trial, String name, double value, String of) implements Line {}
