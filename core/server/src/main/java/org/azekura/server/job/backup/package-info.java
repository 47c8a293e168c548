/** Backups: what a client sends is compared, stored and checked; a snapshot is valid from one transaction on. */
package org.azekura.server.job.backup;
