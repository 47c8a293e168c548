package org.azekura.transport.tls;

/** What all connections of a process share. */
record Means(Settings settings, Credentials credentials, Trust trust, Budget budget, Sessions sessions, Watch watch, Refusals refusals) {}
