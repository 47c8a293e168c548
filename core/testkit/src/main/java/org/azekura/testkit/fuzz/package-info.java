/**
 * Decoders under bytes that nobody vouches for. A {@link org.azekura.testkit.fuzz.Target} says what must hold for any bytes;
 * {@link org.azekura.testkit.fuzz.Mutations} makes bytes that are nearly right, so that a few thousand take a second. The same targets are
 * driven by a fuzzer that watches coverage, for minutes.
 */
package org.azekura.testkit.fuzz;
