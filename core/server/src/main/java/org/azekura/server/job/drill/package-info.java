/** Drills: which files of a snapshot are rehearsed, the rehearsal with the client that does it, and what came of it. */
package org.azekura.server.job.drill;
