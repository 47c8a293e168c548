/** What every job works with: what a run is, its row, its log, its end, and the codes of what may be in its way. Nothing here knows what a job is about. */
package org.azekura.server.job.run;
