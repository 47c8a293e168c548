/** Packs that are read again, on their node or by a client that opens every chunk. */
package org.azekura.server.job.verify;
