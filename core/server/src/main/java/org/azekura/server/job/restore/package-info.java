/** Restores: batches to a client, from a disk or from one cartridge after the other, and how far each has come. */
package org.azekura.server.job.restore;
