package org.azekura.bench.corpus;

/** How much: small shows in minutes whether something is off, full is what counts. */
public enum Scale { SMALL, FULL }
