/**
 * Who is let in, and what he did: users with passwords and second factors, tokens of programs, sessions, how often somebody may try, and the audit log.
 * What lasts is in the server's catalog; sessions and counts of tries are in memory. Decision 0049.
 */
package org.azekura.access;
