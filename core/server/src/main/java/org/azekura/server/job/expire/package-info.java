/** Snapshots that expire. */
package org.azekura.server.job.expire;
